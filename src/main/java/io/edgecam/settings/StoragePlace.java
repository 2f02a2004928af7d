package io.edgecam.settings;

import io.edgecam.json.Fields;
import io.edgecam.settings.StorageSettings.AccountKey;
import io.edgecam.settings.StorageSettings.ConnectionString;
import io.edgecam.settings.StorageSettings.Folder;
import io.edgecam.settings.StorageSettings.Nowhere;
import io.edgecam.settings.StorageSettings.Place;
import io.edgecam.settings.StorageSettings.SasUrl;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the one way that is given to where pictures go. Has no state, for any number of threads. */
final class StoragePlace {
    private StoragePlace() {}

    static Place read(Fields in) {
        Secret connection = new Secret(in.secret(
                "connectionString",
                "a connection string of the storage account",
                "way 1: with an account key or a SAS in it",
                BlobTexts::connectionString));
        String name = in.text(
                        "accountName",
                        "3 to 24 small letters and digits",
                        "way 2: the storage account",
                        BlobTexts::accountName)
                .orElse("");
        Secret key = new Secret(
                in.secret("accountKey", "Base64", "way 2: one of the account's two keys", BlobTexts::accountKey));
        Secret sas = new Secret(in.secret(
                "sasUrl",
                "an https:// or http:// URL with sig=",
                "way 3: a shared access signature for one container or for the account",
                BlobTexts::sasUrl));
        Optional<URI> endpoint = in.text(
                "endpoint",
                "an https:// or http:// URL",
                "with way 2: a service that is not Azure's public one, its account behind the /",
                BlobTexts::endpoint);
        Optional<Path> folder =
                in.text("folder", Folders.KIND, "way 4: no cloud, keep files in this folder", Folders::absolute);
        if (!isOneWay(in)) {
            return new Nowhere();
        }
        if (!connection.isEmpty()) {
            return new ConnectionString(connection);
        }
        if (!sas.isEmpty()) {
            return new SasUrl(sas);
        }
        return folder.<Place>map(Folder::new)
                .orElseGet(() -> key.isEmpty() ? new Nowhere() : new AccountKey(name, key, endpoint));
    }

    private static boolean isOneWay(Fields in) {
        boolean account = in.has("accountName") || in.has("accountKey");
        List<String> ways = Stream.of("connectionString", "accountName", "accountKey", "sasUrl", "folder")
                .filter(in::has)
                .toList();
        if (ways.stream().filter(way -> !way.startsWith("account")).count() + (account ? 1 : 0) > 1) {
            in.refuse(
                    ways.get(ways.size() - 1),
                    "is one of several ways that are given, " + ways + "; leave one: connectionString,"
                            + " or accountName with accountKey, or sasUrl, or folder (null takes the others out of a twin)");
            return false;
        }
        String missing = !account ? "" : in.has("accountName") ? "accountKey" : "accountName";
        if (account && !in.has(missing)) {
            in.refuse(
                    missing,
                    "is missing, accountName and accountKey go together; set it here, or BLOB_ACCOUNT_NAME and"
                            + " BLOB_ACCOUNT_KEY in the module's environment");
        }
        if (in.has("endpoint") && !account) {
            in.refuse("endpoint", "is used with accountName and accountKey only, and they are not set");
        }
        return true;
    }
}
