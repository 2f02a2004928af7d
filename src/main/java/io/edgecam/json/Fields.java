package io.edgecam.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads typed values out of a JSON object and collects every problem instead of stopping at the first. For one thread.
 *
 * <p>A bad value yields its default, so one pass finds all mistakes; the caller drops the result if there were any. Null
 * counts as left out. On the way the reader notes each field it is asked for, which makes the tables of the
 * documentation, and the value in force of each, with {@code ***} in place of secrets.
 */
public final class Fields {
    private static final String MASK = "***";

    private final String path;
    private final String row;
    private final JsonObject json;
    private final Notes notes;
    private final JsonObject inForce = new JsonObject();
    private final Asked asked = new Asked();
    private final Set<String> known = new TreeSet<>();

    private Fields(String path, String row, JsonObject json, Notes notes) {
        this.path = path;
        this.row = row;
        this.json = json;
        this.notes = notes;
    }

    /** Reads this object, which nobody may change meanwhile. */
    public static Fields of(JsonObject json) {
        return of("", json);
    }

    /** Reads this object, whose fields are named after a path: {@code [2].count}. */
    public static Fields of(String path, JsonObject json) {
        return new Fields(path, "", json, new Notes());
    }

    public String text(String key, String fallback, int maxCharacters, String meaning) {
        return value(
                key, textKind(maxCharacters), new JsonPrimitive(fallback), meaning, v -> Exact.text(v, maxCharacters));
    }

    public Optional<String> text(String key, int maxCharacters, String meaning) {
        return optional(key, textKind(maxCharacters), meaning, v -> Exact.text(v, maxCharacters));
    }

    /** Text with a rule. The parser throws {@link IllegalArgumentException} with the rest of a sentence. */
    public <T> T text(String key, String fallback, String kind, String meaning, Function<String, T> parser) {
        return value(key, kind, new JsonPrimitive(fallback), meaning, v -> parser.apply(worded(v, kind)));
    }

    /** Text with a rule that may be left out. */
    public <T> Optional<T> text(String key, String kind, String meaning, Function<String, T> parser) {
        return optional(key, kind, meaning, v -> parser.apply(worded(v, kind)));
    }

    /** Text that is never shown, neither in a problem nor in force; empty where it is left out. */
    public String secret(String key, String kind, String meaning, Function<String, String> parser) {
        Optional<String> secret = optional(key, kind, meaning, v -> {
            String text =
                    Exact.text(v).orElseThrow(() -> new IllegalArgumentException("must be text, not " + Exact.sort(v)));
            return parser.apply(text);
        });
        asked.secret(key);
        inForce.addProperty(key, secret.filter(s -> !s.isEmpty()).map(s -> MASK).orElse(""));
        return secret.orElse("");
    }

    /** One of the constants, by its word. */
    public <E extends Enum<E>> E choice(String key, E fallback, String meaning) {
        Class<E> type = fallback.getDeclaringClass();
        List<String> words = Words.all(type);
        String kind = String.join(" | ", words);
        return value(key, kind, new JsonPrimitive(Words.of(fallback)), meaning, v -> {
            int place = words.indexOf(Exact.text(v).orElse(""));
            if (place < 0) {
                throw Exact.mustBe("one of " + words, v);
            }
            return type.getEnumConstants()[place];
        });
    }

    /** One of a few whole numbers. */
    public int choice(String key, int fallback, List<Integer> allowed, String meaning) {
        String kind = String.join(" | ", allowed.stream().map(String::valueOf).toList());
        return value(key, kind, new JsonPrimitive(fallback), meaning, v -> {
            int number = Exact.whole(v, allowed.get(0), allowed.get(allowed.size() - 1));
            if (!allowed.contains(number)) {
                throw Exact.mustBe("one of " + allowed, v);
            }
            return number;
        });
    }

    public boolean flag(String key, boolean fallback, String meaning) {
        return value(key, "true | false", new JsonPrimitive(fallback), meaning, Exact::flag);
    }

    public int whole(String key, int fallback, int min, int max, String meaning) {
        JsonPrimitive standard = new JsonPrimitive(fallback);
        int number = value(key, Exact.wholeKind(min, max), standard, meaning, v -> Exact.whole(v, min, max));
        inForce.addProperty(key, number);
        return number;
    }

    public double number(String key, double fallback, double min, double max, String meaning) {
        JsonPrimitive standard = plain(fallback);
        return value(key, Exact.numberKind(min, max), standard, meaning, v -> Exact.number(v, min, max));
    }

    public Duration seconds(String key, double fallback, double min, double max, String meaning) {
        String kind = Exact.secondsKind(min, max);
        return value(key, kind, plain(fallback), meaning, v -> Duration.ofMillis(Exact.milliseconds(v, min, max)));
    }

    /** A moment as ISO 8601 with a zone: {@code 2026-11-21T05:00:00.123Z}. */
    public Optional<Instant> instant(String key, String meaning) {
        String kind = "a moment such as 2026-11-21T05:00:00Z";
        return optional(key, kind, meaning, v -> {
            try {
                return Instant.parse(worded(v, kind));
            } catch (DateTimeParseException e) {
                throw Exact.mustBe(kind, v);
            }
        });
    }

    /** An object within this one; left out, it is read as {@code {}}. Its unknown fields are refused. */
    public <T> T object(String key, Function<Fields, T> read) {
        known.add(key);
        return child(key, key, inForce, read);
    }

    /** Objects with names that are free, in the order of the document. Their unknown fields are refused. */
    public <T> Map<String, T> each(String key, Pattern names, String rule, int max, Function<Fields, T> read) {
        JsonObject shown = new JsonObject();
        known.add(key);
        inForce.add(key, shown);
        Fields objects = new Fields(at(key), row + key + ".", inner(key), notes);
        ask(key, objects);
        if (objects.json.size() > max) {
            refuse(key, "has " + objects.json.size() + " entries, at most " + max + " are possible");
        }
        Map<String, T> all = new LinkedHashMap<>();
        for (String name : objects.json.keySet().stream().limit(max).toList()) {
            if (objects.has(name)) {
                if (!names.matcher(name).matches()) {
                    objects.refuse(name, rule);
                }
                all.put(name, objects.child(name, "*", shown, read));
            }
        }
        return all;
    }

    /**
     * Any other value.
     *
     * @param kind what it must be, for the table
     * @param parser throws {@link IllegalArgumentException} with the rest of a sentence about a bad value
     */
    public <T> T value(String key, String kind, JsonElement standard, String meaning, Function<JsonElement, T> parser) {
        note(key, kind, standard.toString(), meaning);
        Optional<T> given = present(key, parser);
        if (given.isEmpty()) {
            inForce.add(key, standard.deepCopy());
        }
        return given.orElseGet(() -> parser.apply(standard));
    }

    /** Any other value that may be left out; one that is bad counts as left out. */
    public <T> Optional<T> optional(String key, String kind, String meaning, Function<JsonElement, T> parser) {
        note(key, kind, "", meaning);
        return present(key, parser);
    }

    /** Whether there is a value; null is none. */
    public boolean has(String key) {
        return json.has(key) && !json.get(key).isJsonNull();
    }

    /** Adds a problem that only the caller can know of. */
    public void refuse(String key, String problem) {
        notes.add(new Problem(at(key), problem));
    }

    /** Puts another text into the values in force, where the one that was given is not for every eye. */
    public void show(String key, String text) {
        inForce.addProperty(key, text);
        asked.show(key, text);
    }

    /** Refuses every field that has not been asked for; to be called last. */
    public void refuseUnknown() {
        for (String key : json.keySet()) {
            if (!known.contains(key) && has(key)) {
                Optional<String> near = Nearest.to(key, known);
                String meant = near.map(name -> "; is " + name + " meant?").orElse(";");
                refuse(key, "is not known here" + meant + " known: " + known);
                asked.unknown(key, json.get(key), near);
            }
        }
    }

    /** Every problem so far, those of inner objects too, in the order they were found. */
    public List<Problem> problems() {
        return notes.problems();
    }

    /** Every field that was asked for so far, those of inner objects too. */
    public List<Field> fields() {
        return notes.fields();
    }

    /** A copy of all values so far as they are in force: defaults filled in, secrets as {@code ***}. */
    public JsonObject inForce() {
        return inForce.deepCopy();
    }

    /** A copy of what was asked for so far, nothing filled in; without secrets and what may be one in a wrong place. */
    public JsonObject asked() {
        return asked.json().deepCopy();
    }

    private <T> Optional<T> present(String key, Function<JsonElement, T> parser) {
        if (!has(key)) {
            return Optional.empty();
        }
        JsonElement value = json.get(key);
        try {
            T parsed = parser.apply(value);
            inForce.add(key, value.deepCopy());
            asked.understood(key, value);
            return Optional.of(parsed);
        } catch (IllegalArgumentException e) {
            asked.misunderstood(key, value);
            refuse(key, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private <T> T child(String key, String rowKey, JsonObject shown, Function<Fields, T> read) {
        Fields child = new Fields(at(key), row + rowKey + ".", inner(key), notes);
        T result = read.apply(child);
        child.refuseUnknown();
        shown.add(key, child.inForce);
        ask(key, child);
        return result;
    }

    private void ask(String key, Fields inner) {
        if (json.get(key) instanceof JsonObject) {
            asked.inner(key, inner.asked);
        } else if (has(key)) {
            asked.misunderstood(key, json.get(key));
        }
    }

    /** The object under this key; empty where there is none. */
    private JsonObject inner(String key) {
        if (json.get(key) instanceof JsonObject object) {
            return object;
        }
        if (has(key)) {
            refuse(key, "must be an object { … }, not " + Exact.sort(json.get(key)));
        }
        return new JsonObject();
    }

    private void note(String key, String kind, String standard, String meaning) {
        known.add(key);
        notes.add(new Field(row + key, kind, standard, meaning));
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String worded(JsonElement value, String kind) {
        return Exact.text(value).orElseThrow(() -> Exact.mustBe(kind, value));
    }

    private static String textKind(int maxCharacters) {
        return "text of up to " + maxCharacters + " characters";
    }

    private static JsonPrimitive plain(double number) {
        return new JsonPrimitive(new BigDecimal(Exact.plain(number)));
    }
}
