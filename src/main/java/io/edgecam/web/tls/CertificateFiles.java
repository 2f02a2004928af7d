package io.edgecam.web.tls;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** A pair of PEM files that somebody else renews. For one thread. */
final class CertificateFiles implements CertificateSource {
    private static final int MAX_BYTES = 256 * 1024;

    private final Path certificates;
    private final Path key;
    private String given = "";

    CertificateFiles(Path certificates, Path key) {
        this.certificates = certificates;
        this.key = key;
    }

    @Override
    public Optional<ServerCertificate> next(Instant now) throws UnusableException {
        String certificateText = read(certificates);
        String keyText = read(key);
        String both = certificateText + keyText;
        if (both.equals(given)) {
            return Optional.empty();
        }
        ServerCertificate next =
                ServerCertificate.of(certificateText, certificates.toString(), keyText, key.toString());
        given = both;
        return Optional.of(next);
    }

    @Override
    public String word() {
        return "files";
    }

    private static String read(Path file) throws UnusableException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new UnusableException(file + " is longer than " + MAX_BYTES + " bytes: that is no PEM file");
            }
            return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new UnusableException("there is no file " + file);
        } catch (AccessDeniedException e) {
            throw new UnusableException(
                    file + " may not be read by the user that edgecam runs as (uid); chown or chmod it");
        } catch (IOException e) {
            throw new UnusableException(file + " cannot be read: " + e.getMessage());
        }
    }
}
