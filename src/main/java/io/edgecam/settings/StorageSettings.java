package io.edgecam.settings;

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
