package io.edgecam.web.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The program openssl at work in a folder, as the owner of a device uses it. */
public final class Openssl {
    private final Path folder;

    public Openssl(Path folder) {
        this.folder = folder;
        try {
            run("version");
        } catch (IOException absent) {
            Assumptions.abort("openssl is not installed: apt-get install openssl");
        }
    }

    /** @param arguments with single spaces between them */
    public void run(String arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments.split(" ", -1)));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException("openssl " + arguments + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@code certificate.pem} for {@code key.pem}, signed with it. */
    public void certify(String name, int days) throws IOException {
        run("req -x509 -key key.pem -subj /CN=" + name + " -addext subjectAltName=DNS:" + name + ",IP:127.0.0.1 -days "
                + days + " -out certificate.pem");
    }
}
