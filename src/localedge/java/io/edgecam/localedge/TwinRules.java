package io.edgecam.localedge;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** What the edge hub refuses in twin properties; pure functions for any thread. */
final class TwinRules {
    private static final int DOCUMENT_BYTES = 32 * 1024;
    private static final int VALUE_BYTES = 4096;
    private static final int NAME_BYTES = 1024;
    private static final int LEVELS = 10;
    private static final BigInteger LARGEST = BigInteger.TWO.pow(52).subtract(BigInteger.ONE);
    private static final BigInteger SMALLEST = BigInteger.TWO.pow(52).negate();

    private TwinRules() {}

    static Optional<String> check(JsonObject patch) {
        return checkSize(patch).or(() -> level(patch, "", 1));
    }

    static Optional<String> checkSize(JsonObject document) {
        int size = bytes(document.toString());
        return size > DOCUMENT_BYTES
                ? Optional.of("the document has " + size + " bytes, more than " + DOCUMENT_BYTES)
                : Optional.empty();
    }

    private static Optional<String> level(JsonObject object, String path, int depth) {
        if (depth > LEVELS) {
            return Optional.of(path + " is deeper than " + LEVELS + " levels");
        }
        for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
            String here = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
            Optional<String> wrong = name(entry.getKey()).or(() -> value(entry.getValue(), here, depth, false));
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> value(JsonElement value, String path, int depth, boolean inArray) {
        if (value instanceof JsonObject object) {
            return level(object, path, depth + 1);
        }
        if (value instanceof JsonArray array) {
            return array.asList().stream()
                    .map(item -> value(item, path, depth + 1, true))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .or(() -> depth >= LEVELS
                            ? Optional.of(path + " is deeper than " + LEVELS + " levels")
                            : Optional.empty());
        }
        if (value instanceof JsonPrimitive primitive) {
            return primitive(primitive, path);
        }
        return inArray ? Optional.of(path + " is an array with null in it") : Optional.empty();
    }

    private static Optional<String> primitive(JsonPrimitive value, String path) {
        if (value.isNumber()) {
            BigDecimal number = value.getAsBigDecimal();
            boolean whole = !value.getAsString().matches(".*[.eE].*");
            if (whole
                    && (number.toBigInteger().compareTo(LARGEST) > 0
                            || number.toBigInteger().compareTo(SMALLEST) < 0)) {
                return Optional.of(path + " is outside of -2^52 to 2^52 - 1");
            }
        } else if (value.isString() && bytes(value.getAsString()) > VALUE_BYTES) {
            return Optional.of(path + " has more than " + VALUE_BYTES + " bytes");
        }
        return Optional.empty();
    }

    private static Optional<String> name(String name) {
        if (bytes(name) > NAME_BYTES) {
            return Optional.of("a name has more than " + NAME_BYTES + " bytes");
        }
        boolean bad = name.codePoints()
                .anyMatch(c -> Character.isISOControl(c) || Character.isWhitespace(c) || ".$#".indexOf(c) >= 0);
        return bad
                ? Optional.of("the name " + name + " has a space, a control character or one of . $ #")
                : Optional.empty();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
