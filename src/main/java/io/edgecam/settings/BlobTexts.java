package io.edgecam.settings;

import java.net.URI;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads what names and opens a blob service. Repeats no value, for any of them may be a secret that was put in the wrong
 * place. Has no state, for any number of threads.
 */
final class BlobTexts {
    private static final int MAX_CHARACTERS = 2048;
    private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9]{3,24}");
    private static final Pattern CONTAINER = Pattern.compile("[a-z0-9](-?[a-z0-9])*");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern SIGNATURE = Pattern.compile("(^|&)sig=[^&]+");

    /** What Azure's tools mean by {@code UseDevelopmentStorage=true}; the key is published with them and no secret. */
    private static final String DEVELOPMENT_STORAGE = "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;"
            + "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
            + "BlobEndpoint=http://127.0.0.1:10000/devstoreaccount1";

    private BlobTexts() {}

    static String connectionString(String text) {
        Map<String, String> parts = parts(text);
        if (parts.containsKey("hostname") || parts.containsKey("sharedaccesskey")) {
            throw refused("is a connection string of IoT Hub or another service; take the one of the storage account");
        }
        if (parts.getOrDefault("usedevelopmentstorage", "").equalsIgnoreCase("true")) {
            return DEVELOPMENT_STORAGE;
        }
        if (!List.of("http", "https").contains(parts.getOrDefault("defaultendpointsprotocol", "https"))) {
            throw refused("has a DefaultEndpointsProtocol that is neither https nor http");
        }
        Optional.ofNullable(parts.get("blobendpoint")).ifPresent(BlobTexts::endpoint);
        boolean named = parts.containsKey("accountname");
        if (parts.containsKey("sharedaccesssignature") && (named || parts.containsKey("blobendpoint"))) {
            String signature = parts.getOrDefault("sharedaccesssignature", "");
            checkSignature(signature.startsWith("?") ? signature.substring(1) : signature);
        } else if (named && parts.containsKey("accountkey")) {
            accountName(parts.getOrDefault("accountname", ""));
            accountKey(parts.getOrDefault("accountkey", ""));
        } else {
            throw refused("must hold AccountName and AccountKey, or BlobEndpoint and SharedAccessSignature:"
                    + " copy the whole connection string from the storage account's access keys");
        }
        return text;
    }

    static String accountName(String text) {
        return checked(
                text, ACCOUNT.matcher(text).matches(), "must be the account's name: 3 to 24 small letters and digits");
    }

    static String accountKey(String text) {
        boolean decodes = false;
        try {
            decodes = text.length() <= MAX_CHARACTERS && Base64.getDecoder().decode(text).length > 0;
        } catch (IllegalArgumentException notBase64) {
            decodes = false;
        }
        return checked(text, decodes, "holds an account key that is not Base64: copy it whole, to the == at its end");
    }

    static String sasUrl(String text) {
        URI url = url(text);
        String query = url.getRawQuery() == null ? "" : url.getRawQuery();
        checkSignature(query);
        List<String> parameters = List.of(query.split("&", -1));
        if (parameters.contains("sr=b")) {
            throw refused("is signed for a single blob (sr=b): make a SAS for the container, with create and write");
        }
        if (parameters.contains("sr=c") && url.getPath().replace("/", "").isEmpty()) {
            throw refused(
                    "is signed for a container (sr=c) but names none: https://account.blob.core.windows.net/container?…");
        }
        return text;
    }

    static URI endpoint(String text) {
        URI url = url(text);
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            throw refused("must be the address alone, without ? and #: a SAS belongs into sasUrl");
        }
        return url;
    }

    static String container(String text) {
        boolean fits = CONTAINER.matcher(text).matches() && text.length() >= 3 && text.length() <= 63;
        return checked(text, fits, "must be 3 to 63 small letters, digits and single hyphens between them");
    }

    static String apiVersion(String text) {
        boolean date = DATE.matcher(text).matches();
        try {
            date = date && LocalDate.parse(text).getYear() > 0;
        } catch (DateTimeParseException noSuchDay) {
            date = false;
        }
        return checked(
                text, date || text.isEmpty(), "must be the date of a version of the service, such as 2019-07-07");
    }

    /** Parts by their names in small letters; those that are empty count as left out. */
    private static Map<String, String> parts(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw refused("has " + text.length() + " characters, at most " + MAX_CHARACTERS + " are read");
        }
        Map<String, String> parts = new TreeMap<>();
        for (String part : text.split(";", -1)) {
            int equals = part.indexOf('=');
            if (equals <= 0 && !part.isBlank()) {
                throw refused("is no connection string: it must be parts such as AccountName=… with ; between them");
            }
            if (equals > 0 && equals < part.length() - 1) {
                parts.put(
                        part.substring(0, equals).trim().toLowerCase(Locale.ROOT),
                        part.substring(equals + 1).trim());
            }
        }
        return parts;
    }

    private static URI url(String text) {
        return Urls.parse(text)
                .filter(url -> "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme()))
                .filter(url -> url.getHost() != null && url.getRawUserInfo() == null)
                .filter(url -> text.length() <= MAX_CHARACTERS)
                .orElseThrow(() -> refused("must be an https:// or http:// URL with a host and without a user name"));
    }

    private static void checkSignature(String query) {
        if (!SIGNATURE.matcher(query).find()) {
            throw refused("holds no signature (sig=…): copy the whole SAS, from ?sv= to its end");
        }
    }

    private static String checked(String text, boolean good, String problem) {
        if (!good) {
            throw refused(problem);
        }
        return text;
    }

    private static IllegalArgumentException refused(String problem) {
        return new IllegalArgumentException(problem);
    }
}
