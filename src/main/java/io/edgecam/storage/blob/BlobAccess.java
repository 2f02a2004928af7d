package io.edgecam.storage.blob;

import io.edgecam.settings.Secret;
import io.edgecam.settings.StorageSettings;
import io.edgecam.settings.StorageSettings.AccountKey;
import io.edgecam.settings.StorageSettings.ConnectionString;
import io.edgecam.settings.StorageSettings.SasUrl;
import io.edgecam.storage.StoreException;
import io.edgecam.storage.StoreException.Remedy;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a blob service is and what opens its door, read from any of the ways to say so. Immutable.
 *
 * @param endpoint of the account, without a slash at its end
 * @param setting where the credential stands, for messages: {@code storage.sasUrl}
 * @param accountName with a key
 */
record BlobAccess(
        String endpoint, String container, String setting, String accountName, Secret accountKey, Optional<Sas> sas) {
    private static final Pattern CONTAINER = Pattern.compile("\\$root|[a-z0-9](?:-?[a-z0-9]){2,62}");

    /** @throws StoreException if nothing can be reached with these settings, whatever the service says */
    static BlobAccess of(StorageSettings settings) throws StoreException {
        BlobAccess access = read(settings);
        if (!CONTAINER.matcher(access.container()).matches()) {
            throw unusable(
                    "\"" + access.container() + "\" is no name for a container: 3 to 63 small letters, digits and"
                            + " single hyphens, see storage.container");
        }
        return access;
    }

    /** The address of a blob, without any signature. */
    String urlOf(String blobName) {
        return endpoint + "/" + container + "/" + BlobNames.inUrl(blobName);
    }

    String host() {
        return URI.create(endpoint).getAuthority();
    }

    /** What it is, for messages. */
    String where() {
        return "container " + container + " at " + endpoint;
    }

    private static BlobAccess read(StorageSettings settings) throws StoreException {
        if (settings.place() instanceof AccountKey key) {
            String endpoint =
                    key.endpoint().map(URI::toString).orElse("https://" + key.accountName() + ".blob.core.windows.net");
            return withKey(endpoint, settings.container(), "storage.accountKey", key.accountName(), key.accountKey());
        }
        if (settings.place() instanceof SasUrl url) {
            return withSas(url.value().reveal(), settings.container(), "storage.sasUrl");
        }
        if (settings.place() instanceof ConnectionString text) {
            return fromText(text.value().reveal(), settings.container());
        }
        throw unusable("These settings name no blob service");
    }

    private static BlobAccess fromText(String text, String container) throws StoreException {
        Map<String, String> parts = new HashMap<>();
        for (String part : text.split(";", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(
                        part.substring(0, equals).trim().toLowerCase(Locale.ROOT),
                        part.substring(equals + 1).trim());
            }
        }
        String setting = "storage.connectionString";
        String name = parts.getOrDefault("accountname", "");
        String endpoint = parts.getOrDefault("blobendpoint", "");
        if (endpoint.isEmpty() && name.isEmpty()) {
            throw unusable(setting + " names neither AccountName nor BlobEndpoint: copy the whole text from the storage"
                    + " account's access keys");
        }
        if (endpoint.isEmpty()) {
            endpoint = parts.getOrDefault("defaultendpointsprotocol", "https") + "://" + name + ".blob."
                    + parts.getOrDefault("endpointsuffix", "core.windows.net");
        }
        String signature = parts.getOrDefault("sharedaccesssignature", "");
        if (!signature.isEmpty()) {
            return withSas(endpoint + "?" + Sas.of(signature).token().reveal(), container, setting);
        }
        return withKey(endpoint, container, setting, name, new Secret(parts.getOrDefault("accountkey", "")));
    }

    private static BlobAccess withKey(String endpoint, String container, String setting, String name, Secret key)
            throws StoreException {
        if (name.isEmpty() || key.isEmpty()) {
            throw unusable(setting + " gives no account name with its key");
        }
        try {
            Base64.getDecoder().decode(key.reveal());
        } catch (IllegalArgumentException e) {
            throw unusable("The account key in " + setting + " is not Base64: copy it whole, to the == at its end");
        }
        return new BlobAccess(plain(endpoint, setting), container, setting, name, key, Optional.empty());
    }

    private static BlobAccess withSas(String url, String container, String setting) throws StoreException {
        int question = url.indexOf('?');
        Sas sas = Sas.of(question < 0 ? "" : url.substring(question + 1));
        if (!sas.isSigned()) {
            throw unusable(setting + " holds no signature (sig=): it must be a whole SAS URL");
        }
        if (sas.isForBlob()) {
            throw unusable("The SAS in " + setting + " is for a single blob (sr=b): make one for the container");
        }
        String endpoint = plain(url.substring(0, question), setting);
        int slash = endpoint.lastIndexOf('/');
        if (!sas.isForContainer()) {
            return new BlobAccess(endpoint, container, setting, "", Secret.NONE, Optional.of(sas));
        }
        if (slash < endpoint.indexOf("://") + 3) {
            throw unusable("The SAS in " + setting + " is for a container (sr=c), but its URL names none");
        }
        return new BlobAccess(
                endpoint.substring(0, slash),
                endpoint.substring(slash + 1),
                setting,
                "",
                Secret.NONE,
                Optional.of(sas));
    }

    /** The SDK takes the first part of the path for the account's name only where the address has a port. */
    private static String plain(String endpoint, String setting) throws StoreException {
        String plain = endpoint.replaceAll("/+$", "");
        try {
            URI uri = new URI(plain);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (!web || uri.getAuthority() == null || uri.getAuthority().contains("@")) {
                throw unusable("The endpoint in " + setting + " is no http or https address");
            }
            boolean hasPath = uri.getRawPath() != null && !uri.getRawPath().isEmpty();
            if (hasPath && uri.getPort() < 0 && !uri.getAuthority().contains(".blob.")) {
                String port = uri.getScheme().equals("https") ? ":443" : ":80";
                return uri.getScheme() + "://" + uri.getAuthority() + port + uri.getRawPath();
            }
            return plain;
        } catch (URISyntaxException e) {
            throw unusable("The endpoint in " + setting + " is no address");
        }
    }

    private static StoreException unusable(String sentence) {
        return new StoreException(Remedy.OPERATOR, "SettingsUnusable", sentence);
    }
}
