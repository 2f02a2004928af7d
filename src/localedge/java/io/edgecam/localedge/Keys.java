package io.edgecam.localedge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The keys of every identity, all derived from one seed, so that a kept folder keeps connection strings good; immutable. */
final class Keys {
    private final byte[] seed;
    private final byte[] service;

    private Keys(byte[] seed, byte[] service) {
        this.seed = seed;
        this.service = service;
    }

    static Keys of(Path folder, @Nullable String serviceKey) throws IOException {
        Path file = folder.resolve("seed");
        if (!Files.exists(file)) {
            byte[] fresh = new byte[32];
            new SecureRandom().nextBytes(fresh);
            Folders.writeSecret(file, Base64.getEncoder().encodeToString(fresh));
        }
        byte[] seed = Base64.getDecoder().decode(Files.readString(file).trim());
        return new Keys(
                seed,
                serviceKey == null
                        ? derived(seed, "service")
                        : Base64.getDecoder().decode(serviceKey));
    }

    byte[] of(Identity identity) {
        return derived(seed, "identity " + identity.id());
    }

    byte[] service() {
        return service.clone();
    }

    private static byte[] derived(byte[] seed, String purpose) {
        return Sas.hmac(seed, purpose.getBytes(StandardCharsets.UTF_8));
    }
}
