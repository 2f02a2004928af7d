package io.edgecam.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.ToNumberPolicy;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads JSON as RFC 8259 has it and nothing looser: no comments, no single quotes, no name twice, no text behind the end.
 * Numbers stay the text they were until a reader asks for a type. Has no state, for any number of threads.
 */
public final class Json {
    /** The most characters of a text: what IoT Hub takes as the payload of a direct method, 128 KB. */
    public static final int MAX_CHARACTERS = 128 * 1024;

    /** The most objects and lists inside each other. IoT Hub allows 10 in a twin. */
    public static final int MAX_DEPTH = 32;

    private static final Pattern PLACE = Pattern.compile("line (\\d+) column (\\d+)");

    private Json() {}

    /** @throws JsonException if the text is not one JSON value, too long or too deep */
    public static JsonElement parse(String text) throws JsonException {
        if (text.length() > MAX_CHARACTERS) {
            throw new JsonException(
                    "is " + text.length() + " characters long, at most " + MAX_CHARACTERS + " are read");
        }
        if (text.isBlank()) {
            throw new JsonException("is empty, JSON was expected; an empty object is {}");
        }
        JsonReader in = new JsonReader(new StringReader(text));
        in.setStrictness(Strictness.STRICT);
        try {
            JsonElement value = read(in, 0);
            if (in.peek() != JsonToken.END_DOCUMENT) {
                throw new JsonException("goes on after the end of the JSON value" + place(in));
            }
            return value;
        } catch (IOException e) {
            throw notJson(in);
        }
    }

    /** @throws JsonException if the text is not one JSON object, too long or too deep */
    public static JsonObject parseObject(String text) throws JsonException {
        JsonElement value = parse(text);
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new JsonException("must be a JSON object { … }, not " + Exact.sort(value));
    }

    /** Why a value that did not come through {@link #parse} is too much to work with; empty if it is not. */
    public static Optional<String> excess(JsonElement value, int maxBytes) {
        if (isDeeper(value, MAX_DEPTH)) {
            return Optional.of("is nested deeper than " + MAX_DEPTH + " levels");
        }
        int bytes = value.toString().getBytes(StandardCharsets.UTF_8).length;
        return bytes <= maxBytes
                ? Optional.empty()
                : Optional.of("is " + bytes + " bytes long, at most " + maxBytes + " are read");
    }

    private static boolean isDeeper(JsonElement value, int levels) {
        if (value instanceof JsonObject object) {
            return levels == 0 || object.asMap().values().stream().anyMatch(inner -> isDeeper(inner, levels - 1));
        }
        if (value instanceof JsonArray list) {
            return levels == 0 || list.asList().stream().anyMatch(inner -> isDeeper(inner, levels - 1));
        }
        return false;
    }

    private static JsonElement read(JsonReader in, int depth) throws IOException, JsonException {
        JsonToken next = in.peek();
        boolean opens = next == JsonToken.BEGIN_OBJECT || next == JsonToken.BEGIN_ARRAY;
        if (opens && depth == MAX_DEPTH) {
            throw new JsonException("is nested deeper than " + MAX_DEPTH + " levels" + place(in));
        }
        return switch (next) {
            case BEGIN_OBJECT -> object(in, depth + 1);
            case BEGIN_ARRAY -> list(in, depth + 1);
            case STRING -> new JsonPrimitive(in.nextString());
            case NUMBER -> new JsonPrimitive(ToNumberPolicy.LAZILY_PARSED_NUMBER.readNumber(in));
            case BOOLEAN -> new JsonPrimitive(in.nextBoolean());
            case NULL -> {
                in.nextNull();
                yield JsonNull.INSTANCE;
            }
            case NAME, END_OBJECT, END_ARRAY, END_DOCUMENT -> throw notJson(in);
        };
    }

    private static JsonObject object(JsonReader in, int depth) throws IOException, JsonException {
        JsonObject object = new JsonObject();
        in.beginObject();
        while (in.hasNext()) {
            String name = in.nextName();
            if (object.has(name)) {
                throw new JsonException("has the name " + Exact.quoted(name) + " twice in one object" + place(in));
            }
            object.add(name, read(in, depth));
        }
        in.endObject();
        return object;
    }

    private static JsonArray list(JsonReader in, int depth) throws IOException, JsonException {
        JsonArray list = new JsonArray();
        in.beginArray();
        while (in.hasNext()) {
            list.add(read(in, depth));
        }
        in.endArray();
        return list;
    }

    private static JsonException notJson(JsonReader in) {
        return new JsonException("is not JSON" + place(in)
                + "; names and texts stand in double quotes, with commas between and none behind the last");
    }

    /** Gson tells the place only inside a sentence. */
    private static String place(JsonReader in) {
        Matcher place = PLACE.matcher(in.toString());
        return place.find() ? " at line " + place.group(1) + ", column " + place.group(2) : "";
    }
}
