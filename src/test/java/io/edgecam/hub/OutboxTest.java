package io.edgecam.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class OutboxTest {
    private static final Outbox.Bounds ROOMY = new Outbox.Bounds(1000, 128, 64 * 1024);
    private static final Outbox.Bounds NARROW = new Outbox.Bounds(5, 3, 400);

    @TempDir
    Path folder;

    @Test
    void messagesThatGoOutAtOnceNeverTouchTheDisk() throws Exception {
        Outbox outbox = opened(ROOMY);
        outbox.add(message(1));
        outbox.add(message(2));

        assertThat(drain(outbox, 2)).containsExactly("1", "2");
        assertThat(files()).isEmpty();
    }

    @Test
    void whileTheHubIsAwayMessagesAreOnDiskAndComeBackInOrder() throws Exception {
        Outbox outbox = opened(ROOMY);
        outbox.add(message(1));
        outbox.keep();
        outbox.add(message(2));
        assertThat(files()).hasSize(1);

        Outbox afterAKill = opened(ROOMY);
        afterAKill.add(message(3));

        assertThat(drain(afterAKill, 3)).containsExactly("1", "2", "3");
        assertThat(files()).isEmpty();
    }

    @Test
    void aMessageIsTheSameAfterARestart() throws Exception {
        OutgoingMessage message = message(1);
        Outbox outbox = opened(ROOMY);
        outbox.add(message);
        outbox.close();

        assertThat(opened(ROOMY).oldest()).isEqualTo(message);
    }

    @Test
    void aMessageStaysUntilItIsRemoved() throws Exception {
        Outbox outbox = opened(ROOMY);
        outbox.add(message(1));
        assertThat(outbox.oldest().id()).isEqualTo("1");
        outbox.keep();

        assertThat(outbox.oldest().id()).isEqualTo("1");
        assertThat(opened(ROOMY).oldest().id()).isEqualTo("1");
    }

    @Test
    void whatIsCutOffOrDamagedCostsNothingElse() throws Exception {
        Outbox outbox = opened(ROOMY);
        outbox.keep();
        for (int i = 1; i <= 4; i++) {
            outbox.add(message(i));
        }
        outbox.close();
        Path file = files().get(0);
        String text = Files.readString(file);
        String damaged = text.replace("\"id\":\"2\"", "\"id\":\"7\"");
        Files.writeString(file, damaged.substring(0, damaged.length() - 20));

        Outbox next = opened(ROOMY);
        next.add(message(5));

        assertThat(drain(next, 3)).containsExactly("1", "3", "5");
    }

    @Test
    void aFileCutAtAnyByteGivesTheMessagesBeforeTheCut() throws Exception {
        Outbox outbox = opened(ROOMY);
        outbox.keep();
        outbox.add(message(1));
        outbox.add(message(2));
        outbox.close();
        Path file = files().get(0);
        byte[] whole = Files.readAllBytes(file);
        int firstLine = Files.readString(file)
                .substring(0, Files.readString(file).indexOf('\n'))
                .getBytes(StandardCharsets.UTF_8)
                .length;

        for (int cut = 0; cut < whole.length; cut++) {
            Files.write(file, Arrays.copyOf(whole, cut));
            int messages = OutboxFile.read(file).size();
            assertThat(messages).as("cut at %s", cut).isEqualTo(cut < firstLine ? 0 : cut < whole.length - 1 ? 1 : 2);
        }
    }

    @Test
    void theOldestMakeRoomInMemory() throws Exception {
        Outbox outbox = new Outbox(NARROW);
        for (int i = 1; i <= 7; i++) {
            outbox.add(message(i));
        }

        assertThat(outbox.dropped()).isEqualTo(2);
        assertThat(drain(outbox, 5)).containsExactly("3", "4", "5", "6", "7");
    }

    @Test
    void theOldestFileMakesRoomOnDiskAndEveryMessageIsCounted() throws Exception {
        Outbox outbox = opened(NARROW);
        outbox.keep();
        for (int i = 1; i <= 40; i++) {
            outbox.add(message(i));
        }

        assertThat(files()).hasSize(3);
        int kept = 40 - (int) outbox.dropped();
        List<String> ids = drain(outbox, kept);
        assertThat(ids)
                .hasSize(kept)
                .endsWith("40")
                .isSortedAccordingTo((a, b) -> Integer.parseInt(a) - Integer.parseInt(b));
        assertThat(files()).isEmpty();
    }

    @Test
    void anotherFolderTakesOverWhatWaits() throws Exception {
        Outbox outbox = opened(ROOMY);
        outbox.keep();
        outbox.add(message(1));
        Path other = folder.resolve("other");

        outbox.open(other);
        outbox.add(message(2));

        assertThat(files()).isEmpty();
        assertThat(drain(outbox, 2)).containsExactly("1", "2");
    }

    @Test
    void withoutAWritableFolderMessagesWaitInMemory() throws Exception {
        Path file = Files.writeString(folder.resolve("no-folder"), "x");
        Outbox outbox = new Outbox(ROOMY);
        outbox.open(file);
        outbox.add(message(1));
        outbox.keep();
        outbox.add(message(2));

        assertThat(drain(outbox, 2)).containsExactly("1", "2");
    }

    @Test
    void whoWaitsForAMessageGetsTheNextOne() throws Exception {
        Outbox outbox = opened(ROOMY);
        CompletableFuture<String> id = CompletableFuture.supplyAsync(() -> {
            try {
                return outbox.oldest().id();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        outbox.add(message(9));

        assertThat(id.get()).isEqualTo("9");
    }

    private Outbox opened(Outbox.Bounds bounds) {
        Outbox outbox = new Outbox(bounds);
        outbox.open(folder.resolve("telemetry"));
        return outbox;
    }

    private static List<String> drain(Outbox outbox, int count) throws InterruptedException {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            OutgoingMessage message = outbox.oldest();
            outbox.remove(message);
            ids.add(message.id());
        }
        return ids;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("telemetry"))) {
            return files.sorted().toList();
        }
    }

    private static OutgoingMessage message(int number) {
        JsonObject body = new JsonObject();
        body.addProperty("words", "zwölf\nZeilen");
        body.addProperty("count", number);
        return new OutgoingMessage(
                "alerts",
                String.valueOf(number),
                Optional.of("order"),
                Instant.parse("2026-11-21T05:00:00.123Z"),
                Map.of("type", "cameraLost"),
                body);
    }
}
