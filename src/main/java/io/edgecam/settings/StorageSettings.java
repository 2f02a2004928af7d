package io.edgecam.settings;

import io.edgecam.json.Fields;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where pictures go.
 *
 * @param apiVersion the blob service version to speak, for older services; empty = the SDK's newest that Azurite knows
 */
public record StorageSettings(
        Place place, String container, boolean createContainer, Optional<String> apiVersion, Duration uploadTimeout) {
    static StorageSettings read(Fields in) {
        return new StorageSettings(
                StoragePlace.read(in),
                in.text(
                        "container",
                        "webcam",
                        "the name of a container: 3 to 63 small letters, digits and single hyphens",
                        "where the pictures go; the SAS of a container names its own",
                        BlobTexts::container),
                in.flag("createContainer", false, "create the container if it is missing; it is never made public"),
                Optional.of(in.text(
                                "apiVersion",
                                "",
                                "a date such as 2019-07-07",
                                "version of the blob service to speak, for older services",
                                BlobTexts::apiVersion))
                        .filter(version -> !version.isEmpty()),
                in.seconds("uploadTimeoutSeconds", 30, 1, 600, "so long may one upload take before it is tried again"));
    }

    /** The ways to say where pictures go and what opens the door there. */
    public sealed interface Place {}

    /** Nothing said: pictures stay in the spool. */
    public record Nowhere() implements Place {}

    public record ConnectionString(Secret value) implements Place {}

    /** @param endpoint of a service that is not Azure's public one: {@code http://host:11002/account} */
    public record AccountKey(String accountName, Secret accountKey, Optional<URI> endpoint) implements Place {}

    /** A shared access signature for the account or for one container. */
    public record SasUrl(Secret value) implements Place {}

    /** No cloud: files in a folder. */
    public record Folder(Path path) implements Place {}
}
