package io.edgecam.localedge;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Azurite, the blob service for laptops, as it is installed by npm below {@code src/localedge/azurite}. It speaks the
 * versions of the service up to 2025-11-05, so a client must not use a newer one. For any number of threads.
 */
public final class Azurite {
    private static final String ACCOUNT = "devstoreaccount1";
    private static final int OLDEST_NODE = 20;

    private final Path installation;
    private final String accountKey;

    private Azurite(Path installation, String accountKey) {
        this.installation = installation;
        this.accountKey = accountKey;
    }

    /** Looks below a project's folder. The account's key is made anew each time, so that it can stand nowhere. */
    public static Azurite find(Path projectRoot) {
        byte[] key = new byte[64];
        new SecureRandom().nextBytes(key);
        Path installation = projectRoot.toAbsolutePath().resolve("src/localedge/azurite");
        return new Azurite(installation, Base64.getEncoder().encodeToString(key));
    }

    /** Whether what it needs is there: Node and npm. */
    public boolean isAvailable() {
        return whyNot().isEmpty();
    }

    /** What is missing and how to get it; empty if nothing is. */
    public Optional<String> whyNot() {
        String how = "; Azurite needs Node " + OLDEST_NODE + " or newer with npm: see https://nodejs.org, on Debian 12"
                + " the packages of https://deb.nodesource.com";
        Optional<String> node = output("node", "--version");
        if (node.isEmpty()) {
            return Optional.of("Node is not installed" + how);
        }
        String version = node.get().replaceFirst("^v(\\d+).*$", "$1");
        if (!version.matches("\\d{1,4}") || Integer.parseInt(version) < OLDEST_NODE) {
            return Optional.of("Node is too old (" + node.get() + ")" + how);
        }
        return output("npm", "--version").isPresent() ? Optional.empty() : Optional.of("npm is not installed" + how);
    }

    /** Starts it with everything in memory, on a free port. */
    public Running start(Consumer<String> progress) throws IOException, InterruptedException {
        return start(Optional.empty(), 0, progress);
    }

    /**
     * Installs it if need be, starts it and waits until it answers.
     *
     * @param data folder that outlives it; empty = memory
     * @param port 0 = a free one
     * @param progress hears a line now and then when this takes long
     * @throws IOException if it cannot be installed or does not start, with what it said last
     */
    public Running start(Optional<Path> data, int port, Consumer<String> progress)
            throws IOException, InterruptedException {
        Optional<String> missing = whyNot();
        if (missing.isPresent()) {
            throw new IOException(missing.get());
        }
        install(progress);
        List<String> command = new ArrayList<>(List.of(
                "node",
                installation
                        .resolve("node_modules/azurite/dist/src/blob/main.js")
                        .toString(),
                "--blobHost",
                "127.0.0.1",
                "--blobPort",
                String.valueOf(port),
                "--silent",
                "--disableTelemetry"));
        if (data.isPresent()) {
            Files.createDirectories(data.get());
            command.addAll(List.of("--location", data.get().toAbsolutePath().toString()));
        } else {
            command.add("--inMemoryPersistence");
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.directory(installation.toFile());
        builder.environment().put("AZURITE_ACCOUNTS", ACCOUNT + ":" + accountKey);
        return Running.of(builder.start(), ACCOUNT, accountKey);
    }

    /** {@code npm ci}, once, and again when the lock file is newer than what was installed; one process at a time. */
    private void install(Consumer<String> progress) throws IOException, InterruptedException {
        Path manifest = installation.resolve("package.json");
        try (FileChannel channel = FileChannel.open(manifest, StandardOpenOption.WRITE)) {
            channel.lock();
            if (isInstalled()) {
                return;
            }
            progress.accept("installing Azurite with npm, once; this may take a minute");
            Path log = Files.createTempFile("azurite-npm", ".log");
            Process npm = new ProcessBuilder("npm", "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund")
                    .directory(installation.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!npm.waitFor(10, TimeUnit.MINUTES) || npm.exitValue() != 0) {
                npm.destroy();
                throw new IOException("npm ci in " + installation + " failed: " + tail(Files.readString(log)));
            }
            Files.delete(log);
            progress.accept("Azurite is installed");
        }
    }

    private boolean isInstalled() throws IOException {
        Path installed = installation.resolve("node_modules/.package-lock.json");
        Path lock = installation.resolve("package-lock.json");
        return Files.exists(installed)
                && Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(lock)) >= 0;
    }

    private static String tail(String text) {
        String trimmed = text.strip();
        return trimmed.substring(Math.max(0, trimmed.length() - 500));
    }

    private static Optional<String> output(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(said.strip()) : Optional.empty();
        } catch (IOException notThere) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** An Azurite that answers; stopped by SIGTERM, because killed it forgets what it acknowledged. */
    public static final class Running implements AutoCloseable {
        private final Process process;
        private final Thread onExit;
        private final String endpoint;
        private final String accountName;
        private final String accountKey;

        private Running(Process process, String address, String accountName, String accountKey) {
            this.process = process;
            this.onExit = new Thread(process::destroy, "azurite-stop");
            this.endpoint = address + "/" + accountName;
            this.accountName = accountName;
            this.accountKey = accountKey;
            Runtime.getRuntime().addShutdownHook(onExit);
        }

        /** Waits for the line that tells the address; whatever it says later is read and dropped. */
        private static Running of(Process process, String accountName, String accountKey) throws IOException {
            StringBuilder said = new StringBuilder();
            String start = "successfully listens on ";
            String line = process.inputReader().readLine();
            while (line != null && !line.contains(start)) {
                said.append(line).append('\n');
                line = process.inputReader().readLine();
            }
            if (line == null) {
                process.destroy();
                throw new IOException("Azurite did not start: " + tail(said.toString()));
            }
            Thread drain = new Thread(() -> drain(process), "azurite-output");
            drain.setDaemon(true);
            drain.start();
            String address =
                    line.substring(line.indexOf(start) + start.length()).strip();
            return new Running(process, address, accountName, accountKey);
        }

        /** Reads what nobody needs, so that the process never waits for a reader. */
        private static void drain(Process process) {
            try {
                process.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException ended) {
                // the process is gone, and so is its output
            }
        }

        public String accountName() {
            return accountName;
        }

        public String accountKey() {
            return accountKey;
        }

        /** {@code http://127.0.0.1:PORT/ACCOUNT} */
        public String endpoint() {
            return endpoint;
        }

        public int port() {
            return URI.create(endpoint).getPort();
        }

        public String connectionString() {
            return "DefaultEndpointsProtocol=http;AccountName=" + accountName + ";AccountKey=" + accountKey
                    + ";BlobEndpoint=" + endpoint + ";";
        }

        /** For tests that stop and continue it. */
        public long pid() {
            return process.pid();
        }

        @Override
        public void close() {
            process.destroy();
            try {
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
                Runtime.getRuntime().removeShutdownHook(onExit);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IllegalStateException alreadyExiting) {
                return;
            }
        }
    }
}
