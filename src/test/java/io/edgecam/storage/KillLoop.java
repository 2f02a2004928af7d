package io.edgecam.storage;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.BlobServiceVersion;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.ListBlobsOptions;
import io.edgecam.localedge.Azurite;
import io.edgecam.thread.Worker;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kills a {@link PictureMill} at random moments, over and over on one spool, while it spools and uploads to a real
 * Azurite; every tenth time Azurite is away, stopped in order. Then the rest is uploaded, and what was acknowledged is
 * compared with what is in the container, byte for byte; and with what the ledger says.
 *
 * <p>{@code KillLoop KILLS FOLDER [SEED]}
 */
final class KillLoop {
    private static final int NUMBERS_A_ROUND = 100_000;

    private final Path home;
    private final Random random;
    private final Set<Long> acknowledged = new TreeSet<>();
    private final Set<Long> stored = new TreeSet<>();
    private final List<Process> mills = new CopyOnWriteArrayList<>();
    private int toldTwice;
    private int rejected;
    private String ledger = "";

    private KillLoop(Path home, long seed) {
        this.home = home;
        this.random = new Random(seed);
    }

    public static void main(String[] args) throws Exception {
        long seed = args.length > 2 ? Long.parseLong(args[2]) : System.nanoTime();
        System.out.println("seed " + seed);
        Verdict verdict = run(Integer.parseInt(args[0]), Path.of(args[1]), seed);
        System.out.println(verdict);
        System.exit(verdict.isFlawless() ? 0 : 1);
    }

    static Verdict run(int kills, Path home, long seed) throws IOException, InterruptedException {
        Azurite azurite = Azurite.find(Path.of(""));
        Optional<Path> data = Optional.of(home.resolve("azurite"));
        KillLoop loop = new KillLoop(home, seed);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> loop.mills.forEach(Process::destroyForcibly)));
        Azurite.Running service = azurite.start(data, 0, line -> {});
        int port = service.port();
        try {
            for (int kill = 1; kill <= kills; kill++) {
                boolean away = kill % 10 == 4;
                if (away) {
                    service.close();
                }
                loop.killOne(kill, service.connectionString(), away || kill % 2 == 0 ? "spooled" : "stored");
                if (away) {
                    service = azurite.start(data, port, line -> {});
                }
                if (kill % 20 == 0) {
                    System.out.println(kill + " kills, " + loop.acknowledged.size() + " acknowledged, "
                            + loop.stored.size() + " told as stored");
                }
            }
            loop.uploadTheRest(service.connectionString());
            return loop.judge(kills, service.connectionString());
        } finally {
            service.close();
        }
    }

    /** @param after the kill comes at a random moment after this word */
    private void killOne(int round, String blobs, String after) throws IOException, InterruptedException {
        Process mill = start((long) round * NUMBERS_A_ROUND, NUMBERS_A_ROUND, blobs);
        long moment = TimeUnit.MICROSECONDS.toNanos(random.nextInt(1_200_000));
        try (BufferedReader said = mill.inputReader()) {
            String line = said.readLine();
            while (line != null && !line.startsWith(after)) {
                hear(line);
                line = said.readLine();
            }
            if (line != null) {
                hear(line);
            }
            Worker.start("killer", () -> {
                LockSupport.parkNanos(moment);
                mill.toHandle().destroyForcibly();
            });
            said.lines().forEach(this::hear);
        }
        mill.waitFor();
    }

    private void uploadTheRest(String blobs) throws IOException, InterruptedException {
        Process mill = start(0, 0, blobs);
        try (BufferedReader said = mill.inputReader()) {
            said.lines().forEach(this::hear);
        }
        mill.waitFor();
    }

    private Process start(long first, long count, String blobs) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                PictureMill.class.getName(),
                home.resolve("spool").toString(),
                String.valueOf(first),
                String.valueOf(count),
                String.valueOf(1L << 40),
                "0",
                "REJECT_NEW");
        builder.environment().put("BLOBS", blobs);
        Process mill = builder.redirectError(home.resolve("mill.log").toFile()).start();
        mills.add(mill);
        return mill;
    }

    /** Lines come whole or not at all, because a pipe takes so little at once. */
    private void hear(String line) {
        String[] words = line.split(" ", 3);
        switch (words[0]) {
            case "spooled" -> acknowledged.add(Long.parseLong(words[1]));
            case "stored" -> toldTwice += stored.add(Long.parseLong(words[1])) ? 0 : 1;
            case "refused", "dropped" -> rejected++;
            case "ledger" -> ledger = line.substring("ledger ".length());
            default -> {}
        }
    }

    private Verdict judge(int kills, String blobs) throws IOException {
        BlobContainerClient container = new BlobServiceClientBuilder()
                .connectionString(blobs)
                .serviceVersion(BlobServiceVersion.V2025_11_05)
                .buildClient()
                .getBlobContainerClient(PictureMill.CONTAINER);
        Set<Long> found = new HashSet<>();
        Set<String> ids = new HashSet<>();
        int blobCount = 0;
        int duplicates = 0;
        int corrupt = 0;
        ListBlobsOptions withMetadata =
                new ListBlobsOptions().setDetails(new BlobListDetails().setRetrieveMetadata(true));
        for (BlobItem blob : container.listBlobs(withMetadata, null)) {
            blobCount++;
            long number = PictureMill.number(blob.getName());
            found.add(number);
            duplicates += ids.add(Objects.requireNonNull(blob.getMetadata().get("id"))) ? 0 : 1;
            byte[] there =
                    container.getBlobClient(blob.getName()).downloadContent().toBytes();
            corrupt += Arrays.equals(there, SamplePictures.bulky(number).toBytes()) ? 0 : 1;
        }
        Set<Long> lost = new TreeSet<>(acknowledged);
        lost.removeAll(found);
        Set<Long> toldButAbsent = new TreeSet<>(stored);
        toldButAbsent.removeAll(found);
        List<Path> left;
        try (var files = Files.list(home.resolve("spool"))) {
            left = files.filter(file -> file.toString().endsWith(Spool.PICTURE)).toList();
        }
        return new Verdict(
                kills,
                acknowledged.size(),
                blobCount,
                lost.size(),
                toldButAbsent.size(),
                duplicates,
                corrupt,
                toldTwice,
                rejected,
                left.size(),
                Book.of(ledger, blobCount, kills));
    }

    /**
     * What came of it.
     *
     * @param lost acknowledged as spooled, but in no blob
     * @param toldButAbsent told as stored, but in no blob
     * @param duplicates blobs of a picture that has another
     * @param corrupt blobs with other bytes than their picture's
     * @param ledger compared with the container, when all is uploaded
     * @param toldTwice pictures of which {@code pictureStored} was told again after a kill, with the same id
     */
    record Verdict(
            int kills,
            int acknowledged,
            int blobs,
            int lost,
            int toldButAbsent,
            int duplicates,
            int corrupt,
            int toldTwice,
            int rejected,
            int leftInSpool,
            Book ledger) {
        boolean isFlawless() {
            return lost == 0
                    && toldButAbsent == 0
                    && duplicates == 0
                    && corrupt == 0
                    && rejected == 0
                    && leftInSpool == 0
                    && ledger.isRight();
        }
    }

    /**
     * What the ledger says at last.
     *
     * @param said as the mill says it
     * @param isRight whether each blob is in it as uploaded, and else there are only pictures that a kill has cut short
     */
    record Book(String said, boolean isRight) {
        static Book of(String said, int blobs, int kills) {
            Matcher words = Pattern.compile(blobs + " 0 0 (\\d+) 0 0").matcher(said);
            return new Book(said, words.matches() && Integer.parseInt(words.group(1)) <= kills);
        }
    }
}
