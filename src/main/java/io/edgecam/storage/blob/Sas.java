package io.edgecam.storage.blob;

import io.edgecam.settings.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A shared access signature: the part of a URL that opens the door, and what it says of itself (Azure Storage REST:
 * "Create an account SAS", "Create a service SAS"). Immutable.
 */
final class Sas {
    private final Secret token;
    private final Map<String, String> fields;

    private Sas(Secret token, Map<String, String> fields) {
        this.token = token;
        this.fields = fields;
    }

    /** @param query with or without the question mark */
    static Sas of(String query) {
        String token = query.startsWith("?") ? query.substring(1) : query;
        Map<String, String> fields = new HashMap<>();
        for (String pair : token.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(pair.substring(0, equals), decode(pair.substring(equals + 1)));
            }
        }
        return new Sas(new Secret(token), fields);
    }

    Secret token() {
        return token;
    }

    boolean isSigned() {
        return fields.containsKey("sig");
    }

    /** Whether it is for one container, whose name its URL then ends with. */
    boolean isForContainer() {
        return "c".equals(fields.get("sr"));
    }

    /** Whether it is for a single blob, which is of no use here. */
    boolean isForBlob() {
        return "b".equals(fields.get("sr"));
    }

    Optional<Instant> starts() {
        return Optional.ofNullable(fields.get("st")).flatMap(Sas::instant);
    }

    Optional<Instant> expires() {
        return Optional.ofNullable(fields.get("se")).flatMap(Sas::instant);
    }

    /** Whether it grants a right ({@code c}, {@code w}, {@code r}, {@code d}); empty if a stored policy says that. */
    Optional<Boolean> grants(char right) {
        return Optional.ofNullable(fields.get("sp")).map(rights -> rights.indexOf(right) >= 0);
    }

    /** The rights as they stand in it; empty if a stored policy says them. */
    Optional<String> rights() {
        return Optional.ofNullable(fields.get("sp"));
    }

    /** Whether an account's SAS leaves out blobs as a service or single objects as a kind. */
    boolean leavesOutBlobs() {
        return lacks("ss", 'b') || lacks("srt", 'o');
    }

    boolean leavesOutContainers() {
        return !fields.containsKey("srt") || lacks("srt", 'c');
    }

    /** Whether it is signed for a user, whose own rights bound it (a user delegation SAS). */
    boolean isOfUser() {
        return fields.containsKey("skoid");
    }

    boolean wantsHttps() {
        return "https".equals(fields.get("spr"));
    }

    boolean hasAddressRange() {
        return fields.containsKey("sip");
    }

    @Override
    public String toString() {
        return "Sas[" + rights().orElse("by policy") + "]";
    }

    private boolean lacks(String field, char wanted) {
        String value = fields.get(field);
        return value != null && value.indexOf(wanted) < 0;
    }

    private static String decode(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }

    /** A SAS may give its times to the day, the minute, the second or finer. */
    private static Optional<Instant> instant(String text) {
        try {
            if (text.length() == 10) {
                return Optional.of(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
            }
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
