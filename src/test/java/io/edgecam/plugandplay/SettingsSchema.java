package io.edgecam.plugandplay;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.edgecam.json.Field;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the catalogue of settings comes to as a schema of DTDL 2: made of the same lines as the table in docs/settings.md. */
final class SettingsSchema {
    private static final String NOT_YET = " ¹";

    private SettingsSchema() {}

    /** The schema of what lies below a path that ends with a dot. */
    static JsonObject below(String path, List<Field> catalogue) {
        List<Field> inside = catalogue.stream()
                .filter(field -> field.path().startsWith(path))
                .toList();
        Set<String> names = new LinkedHashSet<>();
        inside.forEach(field -> names.add(field.path().substring(path.length()).split("\\.", 2)[0]));
        if (names.equals(Set.of("*"))) {
            return map(below(path + "*.", catalogue));
        }
        JsonArray fields = new JsonArray();
        for (String name : names) {
            List<Field> leaf = inside.stream()
                    .filter(field -> field.path().equals(path + name))
                    .toList();
            if (leaf.isEmpty()) {
                fields.add(named(name, below(path + name + ".", catalogue)));
            } else if (!leaf.get(0).standard().startsWith("[")) {
                fields.add(field(name, leaf.get(0)));
            }
        }
        JsonObject object = new JsonObject();
        object.addProperty("@type", "Object");
        object.add("fields", fields);
        return object;
    }

    private static JsonObject field(String name, Field field) {
        JsonObject json = named(name, type(name, field));
        String otherwise = field.standard().isEmpty() ? "" : ", " + field.standard() + " if left out";
        json.addProperty("description", field.meaning().replace(NOT_YET, "") + " – " + field.kind() + otherwise);
        return json;
    }

    private static JsonElement type(String name, Field field) {
        String kind = field.kind();
        if (kind.equals("true | false")) {
            return new JsonPrimitive("boolean");
        }
        if (kind.contains(" | ")) {
            return choice(
                    name,
                    Stream.of(kind.split(" \\| ", -1)).toList(),
                    field.standard().startsWith("\""));
        }
        if (kind.startsWith("a whole number")) {
            return new JsonPrimitive("integer");
        }
        return new JsonPrimitive(kind.startsWith("seconds") || kind.startsWith("a number") ? "double" : "string");
    }

    private static JsonObject choice(String name, List<String> words, boolean text) {
        JsonArray values = new JsonArray();
        for (String word : words) {
            JsonObject value = new JsonObject();
            value.addProperty("name", text ? word : name + word);
            value.add("enumValue", text ? new JsonPrimitive(word) : JsonParser.parseString(word));
            values.add(value);
        }
        JsonObject choice = new JsonObject();
        choice.addProperty("@type", "Enum");
        choice.addProperty("valueSchema", text ? "string" : "integer");
        choice.add("enumValues", values);
        return choice;
    }

    private static JsonObject map(JsonObject value) {
        JsonObject map = new JsonObject();
        map.addProperty("@type", "Map");
        map.add("mapKey", named("camera", new JsonPrimitive("string")));
        map.add("mapValue", named("settings", value));
        return map;
    }

    private static JsonObject named(String name, JsonElement schema) {
        JsonObject json = new JsonObject();
        json.addProperty("name", name);
        json.add("schema", schema);
        return json;
    }

    /** A schema in lines that fit into the model's file. */
    static String lines(JsonElement schema, String indent) {
        String line = indent + schema;
        boolean flat = !schema.isJsonObject()
                || schema.getAsJsonObject().asMap().values().stream().allMatch(JsonElement::isJsonPrimitive);
        if (line.length() < 120 || flat) {
            return line;
        }
        List<String> parts = new ArrayList<>();
        schema.getAsJsonObject().asMap().forEach((name, value) -> {
            if (value.isJsonArray()) {
                List<String> items = value.getAsJsonArray().asList().stream()
                        .map(item -> lines(item, indent + "    "))
                        .toList();
                parts.add(indent + "  \"" + name + "\": [\n" + String.join(",\n", items) + "\n" + indent + "  ]");
            } else {
                parts.add(indent + "  \"" + name + "\": "
                        + lines(value, indent + "  ").strip());
            }
        });
        return indent + "{\n" + String.join(",\n", parts) + "\n" + indent + "}";
    }
}
