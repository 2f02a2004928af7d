package io.edgecam.plugandplay;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.edgecam.json.Json;
import io.edgecam.json.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The Plug and Play model that ships, in DTDL 2, and whether a value is what it says. For any number of threads. */
public final class DtdlModel {
    public static final Path FILE = Path.of("src/main/resources/dtmi/io/edgecam/cameramodule-1.json");

    /** Lists, which DTDL 2 does not have in properties. */
    private static final Set<String> LEFT_OUT = Set.of("roi", "privacyMasks", "masks", "allowedHosts");

    private static final Pattern MAP_KEY = Pattern.compile("[A-Za-z](?:[A-Za-z0-9_]*[A-Za-z0-9])?");

    private final JsonObject json;

    private DtdlModel(JsonObject json) {
        this.json = json;
    }

    public static DtdlModel read() throws IOException, JsonException {
        return new DtdlModel(Json.parseObject(Files.readString(FILE)));
    }

    public String id() {
        return json.get("@id").getAsString();
    }

    /** The contents of one kind, {@code Property}, {@code Telemetry} or {@code Command}, by name. */
    public Map<String, JsonObject> contents(String kind) {
        Map<String, JsonObject> found = new LinkedHashMap<>();
        for (JsonElement element : json.getAsJsonArray("contents")) {
            JsonObject content = element.getAsJsonObject();
            if (text(content, "@type").equals(kind)) {
                found.put(text(content, "name"), content);
            }
        }
        return found;
    }

    /** The fields of an object schema, by name. */
    public static Map<String, JsonObject> fields(JsonElement schema) {
        Map<String, JsonObject> found = new LinkedHashMap<>();
        for (JsonElement field : schema.getAsJsonObject().getAsJsonArray("fields")) {
            found.put(text(field.getAsJsonObject(), "name"), field.getAsJsonObject());
        }
        return found;
    }

    /** Everything in a value that a schema does not allow, by its path. */
    public static List<String> problems(JsonElement schema, String path, JsonElement value) {
        List<String> problems = new ArrayList<>();
        look(schema, path, value, problems);
        return problems;
    }

    private static void look(JsonElement schema, String path, JsonElement value, List<String> problems) {
        if (value.isJsonNull()) {
            return;
        }
        boolean fits = schema.isJsonPrimitive()
                ? isOne(schema.getAsString(), value)
                : isComplex(schema.getAsJsonObject(), path, value, problems);
        if (!fits) {
            problems.add(path + " is " + value + ", which is not " + schema);
        }
    }

    private static boolean isOne(String type, JsonElement value) {
        if (!value.isJsonPrimitive()) {
            return false;
        }
        boolean number = value.getAsJsonPrimitive().isNumber();
        return switch (type) {
            case "boolean" -> value.getAsJsonPrimitive().isBoolean();
            case "integer" ->
                number && value.getAsDouble() == value.getAsBigDecimal().intValue();
            case "long" ->
                number && value.getAsDouble() == value.getAsBigDecimal().longValue();
            case "double" -> number;
            case "string" -> value.getAsJsonPrimitive().isString();
            case "dateTime" -> value.getAsJsonPrimitive().isString() && isMoment(value.getAsString());
            default -> throw new IllegalArgumentException(type);
        };
    }

    /** Whether the kind of value is right; what is wrong inside it goes into the list. */
    private static boolean isComplex(JsonObject schema, String path, JsonElement value, List<String> problems) {
        switch (text(schema, "@type")) {
            case "Enum" -> {
                return schema.getAsJsonArray("enumValues").asList().stream()
                        .anyMatch(one -> one.getAsJsonObject().get("enumValue").equals(value));
            }
            case "Array" -> {
                if (value.isJsonArray()) {
                    value.getAsJsonArray()
                            .forEach(item -> look(schema.get("elementSchema"), path + "[]", item, problems));
                }
                return value.isJsonArray();
            }
            case "Map" -> {
                if (value.isJsonObject()) {
                    JsonElement inner = schema.getAsJsonObject("mapValue").get("schema");
                    value.getAsJsonObject().asMap().forEach((key, item) -> {
                        if (!MAP_KEY.matcher(key).matches()) {
                            problems.add(path + "." + key + " cannot be a key of a map");
                        }
                        look(inner, path + "." + key, item, problems);
                    });
                }
                return value.isJsonObject();
            }
            case "Object" -> {
                if (value.isJsonObject()) {
                    Map<String, JsonObject> fields = fields(schema);
                    value.getAsJsonObject().asMap().forEach((key, item) -> {
                        JsonObject field = fields.get(key);
                        if (field != null) {
                            look(field.get("schema"), path + "." + key, item, problems);
                        } else if (!LEFT_OUT.contains(key) || !item.isJsonArray()) {
                            problems.add(path + "." + key + " is not in the model");
                        }
                    });
                }
                return value.isJsonObject();
            }
            default -> throw new IllegalArgumentException(schema.toString());
        }
    }

    private static boolean isMoment(String text) {
        try {
            Instant.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static String text(JsonObject from, String name) {
        return from.get(name).getAsString();
    }
}
