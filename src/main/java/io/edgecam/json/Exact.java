package io.edgecam.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Reads one JSON value as exactly the type that is asked for: {@code "7"} is no number, {@code [3]} is not 3, 1.9 is not
 * 1. Everything here throws {@link IllegalArgumentException} with the rest of a sentence about the value. Has no state,
 * for any number of threads.
 */
public final class Exact {
    /** Longer numbers are not computed with: 1e400 is not infinity, and nobody waits for 1e999999999. */
    private static final int MAX_NUMBER_CHARACTERS = 32;

    private static final int MAX_SCALE = 30;
    private static final int MAX_SHOWN = 40;

    private Exact() {}

    public static String text(JsonElement value, int maxCharacters) {
        String text = text(value).orElseThrow(() -> mustBe("text", value));
        if (text.length() > maxCharacters) {
            throw new IllegalArgumentException(
                    "must be text of up to " + maxCharacters + " characters, not of " + text.length());
        }
        if (text.codePoints().anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)) {
            throw new IllegalArgumentException("must be text without control characters and broken characters");
        }
        return text;
    }

    public static boolean flag(JsonElement value) {
        if (value instanceof JsonPrimitive primitive && primitive.isBoolean()) {
            return primitive.getAsBoolean();
        }
        throw mustBe("true or false", value);
    }

    /** A number without a fraction; 1280.0 and 1e3 are such numbers too, for JSON knows only one kind. */
    public static int whole(JsonElement value, int min, int max) {
        Optional<BigDecimal> number =
                decimal(value).filter(n -> n.stripTrailingZeros().scale() <= 0);
        return inside(number, min, max)
                .orElseThrow(() -> mustBe(wholeKind(min, max), value))
                .intValueExact();
    }

    public static double number(JsonElement value, double min, double max) {
        return inside(decimal(value), min, max)
                .orElseThrow(() -> mustBe(numberKind(min, max), value))
                .doubleValue();
    }

    /** Seconds down to the millisecond, as milliseconds. */
    public static long milliseconds(JsonElement value, double minSeconds, double maxSeconds) {
        return inside(decimal(value), minSeconds, maxSeconds)
                .filter(n -> n.stripTrailingZeros().scale() <= 3)
                .orElseThrow(() -> mustBe(secondsKind(minSeconds, maxSeconds), value))
                .movePointRight(3)
                .longValueExact();
    }

    public static JsonArray list(JsonElement value, int minItems, int maxItems, String ofWhat) {
        if (!(value instanceof JsonArray list)) {
            throw mustBe("a list of " + ofWhat, value);
        }
        if (list.size() < minItems || list.size() > maxItems) {
            String bounds = minItems == maxItems ? "" + minItems : minItems + " to " + maxItems;
            throw new IllegalArgumentException(
                    "must be a list of " + bounds + " " + ofWhat + ", not of " + list.size());
        }
        return list;
    }

    static String wholeKind(int min, int max) {
        return "a whole number from " + min + " to " + max;
    }

    static String numberKind(double min, double max) {
        return "a number from " + plain(min) + " to " + plain(max);
    }

    static String secondsKind(double min, double max) {
        return "seconds from " + plain(min) + " to " + plain(max) + ", down to 0.001";
    }

    static IllegalArgumentException mustBe(String kind, JsonElement value) {
        return new IllegalArgumentException("must be " + kind + ", not " + shown(value));
    }

    static Optional<String> text(JsonElement value) {
        return value instanceof JsonPrimitive primitive && primitive.isString()
                ? Optional.of(primitive.getAsString())
                : Optional.empty();
    }

    /** The value itself where it is short, else what sort of thing it is. */
    static String shown(JsonElement value) {
        if (value instanceof JsonPrimitive primitive) {
            return primitive.isString() ? quoted(primitive.getAsString()) : shortened(primitive.getAsString());
        }
        return sort(value);
    }

    static String sort(JsonElement value) {
        if (value instanceof JsonObject) {
            return "an object";
        }
        if (value instanceof JsonArray) {
            return "a list";
        }
        if (value instanceof JsonNull) {
            return "null";
        }
        JsonPrimitive primitive = value.getAsJsonPrimitive();
        return primitive.isString() ? "text" : primitive.isNumber() ? "a number" : "true or false";
    }

    /** Text of a stranger, fit for a log: short, one line, in quotes. */
    public static String quoted(String text) {
        return '"' + shortened(text) + '"';
    }

    static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    private static String shortened(String text) {
        return shortened(text, MAX_SHOWN);
    }

    static String shortened(String text, int maxCharacters) {
        String line = text.replaceAll("[\\p{Cntrl}\\p{Cs}\\p{Cf}]", "?");
        return line.length() <= maxCharacters ? line : line.substring(0, maxCharacters) + "…";
    }

    private static Optional<BigDecimal> decimal(JsonElement value) {
        if (!(value instanceof JsonPrimitive primitive) || !primitive.isNumber()) {
            return Optional.empty();
        }
        String text = primitive.getAsString();
        if (text.length() > MAX_NUMBER_CHARACTERS || text.equals("NaN") || text.endsWith("Infinity")) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(text);
        return Math.abs((long) number.scale()) <= MAX_SCALE ? Optional.of(number) : Optional.empty();
    }

    private static Optional<BigDecimal> inside(Optional<BigDecimal> number, double min, double max) {
        return number.filter(
                n -> n.compareTo(BigDecimal.valueOf(min)) >= 0 && n.compareTo(BigDecimal.valueOf(max)) <= 0);
    }
}
