package io.edgecam.storage;

import static io.edgecam.storage.SamplePictures.jpeg;
import static io.edgecam.storage.SamplePictures.picture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgecam.event.EventType;
import io.edgecam.picture.Jpeg;
import io.edgecam.picture.Picture;
import io.edgecam.settings.SpoolSettings;
import io.edgecam.settings.SpoolSettings.Order;
import io.edgecam.settings.SpoolSettings.WhenFull;
import io.edgecam.storage.SpoolFile.DamagedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class SpoolTest {
    private static final long PLENTY = 100_000_000;

    @TempDir
    Path folder;

    private final Told told = new Told();
    private final Losses losses = new Losses(told.events(), InstantSource.fixed(SamplePictures.NOON));

    @Test
    void takesUpItsPicturesInTheirOrderAfterARestart() throws IOException, DamagedException {
        try (Spool spool = open(PLENTY)) {
            for (int i = 1; i <= 12; i++) {
                spool.add(picture(i), jpeg(i), "newest", System.nanoTime());
            }
        }
        try (Spool spool = open(PLENTY)) {
            List<String> ids = new ArrayList<>();
            for (Optional<Waiting> next = spool.take(any -> true); next.isPresent(); next = spool.take(any -> true)) {
                int number = ids.size() + 1;
                assertThat(next.get().picture()).isEqualTo(picture(number));
                assertThat(next.get().latest()).isEqualTo("newest");
                assertThat(spool.image(next.get())).isEqualTo(jpeg(number));
                ids.add(next.get().picture().id());
                spool.remove(next.get());
            }
            assertThat(ids).hasSize(12).startsWith("id-1", "id-2").endsWith("id-11", "id-12");
            assertThat(spool.status().bytes()).isZero();
        }
    }

    @Test
    void goesOnCountingAfterARestartWhateverTheClockSays() throws IOException {
        Picture old = SamplePictures.named("young", "a.jpg", jpeg(2), SamplePictures.NOON.minusSeconds(999_999));
        try (Spool spool = open(PLENTY)) {
            spool.add(picture(1), jpeg(1), "", 0);
        }
        try (Spool spool = open(PLENTY)) {
            spool.add(old, jpeg(2), "", 0);
            assertThat(spool.newest(5)).extracting(Picture::id).containsExactly("young", "id-1");
        }
    }

    @Test
    void givesTheNewestFirstWhenToldTo() throws IOException {
        SpoolSettings settings = new SpoolSettings(folder, PLENTY, 0, WhenFull.OVERWRITE_OLDEST, Order.NEWEST_FIRST);
        try (Spool spool = Spool.open(settings, 1, losses)) {
            spool.add(picture(1), jpeg(1), "", 0);
            spool.add(picture(2), jpeg(2), "", 0);
            assertThat(spool.take(any -> true).orElseThrow().picture().id()).isEqualTo("id-2");
        }
    }

    @Test
    void aFileCutAtAnyByteIsSetAsideAndCounted() throws IOException {
        Path file = oneFile();
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (Spool spool = open(PLENTY)) {
                assertThat(spool.take(any -> true)).as("cut at %d", length).isEmpty();
            }
            assertThat(file).doesNotExist();
            assertThat(losses.setAsideCount()).isEqualTo(length + 1);
        }
        assertThat(told.all(EventType.PICTURE_FAILED)).hasSize(whole.length);
    }

    @Test
    void aChangedByteAnywhereIsNoticedBeforeThePictureIsUsed() throws IOException {
        Path file = oneFile();
        byte[] whole = Files.readAllBytes(file);
        for (int position = 0; position < whole.length; position++) {
            byte[] changed = whole.clone();
            changed[position] ^= 0x10;
            Files.write(file, changed);
            try (Spool spool = open(PLENTY)) {
                Optional<Waiting> next = spool.take(any -> true);
                if (next.isPresent()) {
                    assertThatThrownBy(() -> spool.image(next.get()))
                            .as("byte %d", position)
                            .isInstanceOf(DamagedException.class);
                }
            }
        }
    }

    @Test
    void keepsADamagedFileWithTheReasonBesideIt() throws IOException {
        Path file = oneFile();
        Files.write(file, new byte[100]);
        open(PLENTY).close();
        assertThat(folder.resolve("bad").resolve(file.getFileName())).exists();
        assertThat(folder.resolve("bad").resolve(file.getFileName() + ".txt"))
                .hasContent("does not begin as a spooled picture does");
    }

    @Test
    void aDamagedFileCostsOnlyItself() throws IOException {
        try (Spool spool = open(PLENTY)) {
            for (int i = 1; i <= 3; i++) {
                spool.add(picture(i), jpeg(i), "", 0);
            }
        }
        Files.write(pictureFiles().get(1), new byte[10]);
        try (Spool spool = open(PLENTY)) {
            assertThat(spool.newest(9)).extracting(Picture::id).containsExactly("id-3", "id-1");
        }
    }

    @Test
    void removesWhatAnInterruptedWriteHasLeftAndLeavesForeignFilesAlone() throws IOException {
        Path ours = Files.writeString(folder.resolve("0000000000000000007.pic.tmp"), "half");
        Path foreign = Files.writeString(folder.resolve("notes.tmp"), "mine");
        Path other = Files.writeString(folder.resolve("holiday.pic"), "mine");
        Files.createDirectory(folder.resolve("0000000000000000009.pic"));
        try (Spool spool = open(PLENTY)) {
            assertThat(spool.status().pictures()).isZero();
        }
        assertThat(ours).doesNotExist();
        assertThat(foreign).exists();
        assertThat(other).exists();
    }

    @Test
    void givesUpTheOldestWhenFullAndTellsOfEach() throws IOException {
        long three = 3 * sizeOfOne() + 20;
        try (Spool spool = open(three)) {
            for (int i = 1; i <= 7; i++) {
                spool.add(picture(i), jpeg(i), "", 0);
            }
            assertThat(spool.newest(9)).extracting(Picture::id).containsExactly("id-7", "id-6", "id-5");
            assertThat(spool.status().bytes()).isLessThanOrEqualTo(three);
            assertThat(spool.status().dropped()).isEqualTo(4);
        }
        assertThat(told.all(EventType.PICTURE_DROPPED))
                .extracting(event -> event.picture().orElseThrow().id())
                .containsExactly("id-1", "id-2", "id-3", "id-4");
        assertThat(told.all(EventType.SPOOL_FULL)).hasSize(1);
        assertThat(String.valueOf(
                        told.all(EventType.SPOOL_FULL).get(0).details().get("reason")))
                .contains(folder.toString(), "spool.maxSizeMB", "spool.whenFull");
        assertThat(pictureFiles()).hasSize(3);
    }

    @Test
    void refusesNewPicturesWhenFullAndToldToDoSo() throws IOException {
        SpoolSettings settings =
                new SpoolSettings(folder, 2 * sizeOfOne() + 20, 0, WhenFull.REJECT_NEW, Order.OLDEST_FIRST);
        try (Spool spool = Spool.open(settings, 1, losses)) {
            spool.add(picture(1), jpeg(1), "", 0);
            spool.add(picture(2), jpeg(2), "", 0);
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> spool.add(picture(3), jpeg(3), "", 0))
                        .isInstanceOf(SpoolFullException.class)
                        .hasMessageContaining("spool.maxSizeMB");
            }
            assertThat(told.all(EventType.SPOOL_FULL)).hasSize(1);
            spool.remove(spool.take(any -> true).orElseThrow());
            spool.add(picture(3), jpeg(3), "", 0);
            assertThat(spool.newest(9)).extracting(Picture::id).containsExactly("id-3", "id-2");
        }
        assertThat(losses.droppedCount()).isZero();
    }

    @Test
    void neverGivesUpThePictureThatIsBeingUploaded() throws IOException {
        try (Spool spool = open(2 * sizeOfOne() + 20)) {
            spool.add(picture(1), jpeg(1), "", 0);
            spool.add(picture(2), jpeg(2), "", 0);
            Waiting inUpload = spool.take(any -> true).orElseThrow();
            spool.add(picture(3), jpeg(3), "", 0);
            assertThat(spool.newest(9)).extracting(Picture::id).containsExactly("id-3", "id-1");
            spool.remove(inUpload);
            assertThat(spool.newest(9)).extracting(Picture::id).containsExactly("id-3");
        }
    }

    @Test
    void doesNotGrowOnADiskThatOthersHaveFilled() throws IOException {
        try (Spool spool = open(PLENTY)) {
            spool.add(picture(1), jpeg(1), "", 0);
            spool.limit(new SpoolSettings(folder, PLENTY, 100, WhenFull.OVERWRITE_OLDEST, Order.OLDEST_FIRST));
            spool.add(picture(2), jpeg(2), "", 0);
            assertThat(spool.newest(9)).extracting(Picture::id).containsExactly("id-2");
            spool.limit(new SpoolSettings(folder, PLENTY, 100, WhenFull.REJECT_NEW, Order.OLDEST_FIRST));
            assertThatThrownBy(() -> spool.add(picture(3), jpeg(3), "", 0))
                    .isInstanceOf(SpoolFullException.class)
                    .hasMessageContaining("spool.minFreePercent 100");
        }
    }

    @Test
    void aPictureThatCouldNeverFitIsRefusedInWords() throws IOException {
        try (Spool spool = open(100)) {
            assertThatThrownBy(() -> spool.add(picture(1), jpeg(1), "", 0))
                    .isInstanceOf(SpoolFullException.class)
                    .hasMessageContaining("no older picture");
            assertThat(spool.status().bytes()).isZero();
        }
    }

    @Test
    void belongsToOneAtATime() throws IOException {
        try (Spool spool = open(PLENTY)) {
            assertThatThrownBy(() -> open(PLENTY)).hasMessageContaining("another process");
            assertThat(spool.status().pictures()).isZero();
        }
        open(PLENTY).close();
    }

    @Test
    void tellsDiskFromMemory() throws IOException {
        try (Spool spool = open(PLENTY)) {
            String kind = Files.getFileStore(folder).type();
            assertThat(spool.status().kind()).isEqualTo(kind.equals("tmpfs") ? "tmpfs" : "disk");
        }
    }

    @Test
    void belongsToOneProcessAtATime() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SpoolHolder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = other.inputReader()) {
            assertThat(said.readLine()).isEqualTo("held");
            assertThatThrownBy(() -> open(PLENTY)).hasMessageContaining("another process");
        } finally {
            other.destroyForcibly().waitFor();
        }
        open(PLENTY).close();
    }

    @Test
    void aFolderThatAnotherHasMadeAnewIsLeftAlone() throws Exception {
        try (Spool old = open(PLENTY)) {
            Waiting first = old.add(picture(1), jpeg(1), "", 0);
            Waiting second = old.add(picture(2), jpeg(2), "", 0);
            Files.delete(folder.resolve(first.fileName()));
            Files.delete(folder.resolve(second.fileName()));
            Files.delete(folder.resolve("lock"));
            try (Spool anew = open(PLENTY)) {
                Waiting theirs = anew.add(picture(3), jpeg(3), "", 0);
                assertThat(theirs.fileName()).isEqualTo(first.fileName());
                assertThatThrownBy(() -> old.image(first)).isInstanceOf(NoSuchFileException.class);
                assertThatThrownBy(() -> old.add(picture(4), jpeg(4), "", 0))
                        .hasMessageContaining("emptied or replaced");
                assertThat(old.setAside(second, "played")).isFalse();
                old.remove(first);
                assertThat(anew.image(theirs)).isEqualTo(jpeg(3));
                assertThat(pictureFiles()).hasSize(1);
            }
        }
    }

    @Test
    void filesWithNumbersThatItNeverGivesOutAreLeftAlone() throws IOException {
        Path tooHigh = Files.writeString(folder.resolve("9999999999999999999.pic"), "mine");
        Path twice = Files.writeString(folder.resolve("0000000000000000007.pic.pic"), "mine");
        try (Spool spool = open(PLENTY)) {
            assertThat(spool.status().pictures()).isZero();
            assertThat(spool.nextSequence()).isEqualTo(1);
        }
        assertThat(tooHigh).exists();
        assertThat(twice).exists();
        assertThat(losses.setAsideCount()).isZero();
    }

    @Test
    void marksThatCannotBeReadHoldUpNoPicture() throws IOException {
        oneFile();
        Files.createDirectory(folder.resolve("latest"));
        try (Spool spool = open(PLENTY)) {
            assertThat(spool.newest(9)).extracting(Picture::id).containsExactly("id-1");
        }
    }

    @Test
    void aFileThatGrewSinceItWasWrittenIsNotReadIntoMemory() throws IOException {
        try (Spool spool = open(PLENTY)) {
            Waiting entry = spool.add(picture(1), jpeg(1), "", 0);
            Path file = folder.resolve(entry.fileName());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.allocate(1), 5_000_000_000L);
            }
            assertThatThrownBy(() -> spool.image(entry)).isInstanceOf(DamagedException.class);
        }
    }

    @Test
    void keepsAHundredBadFilesEachWithItsReason() throws IOException {
        for (int i = 1; i <= 150; i++) {
            Files.writeString(folder.resolve(String.format("%019d.pic", i)), "");
        }
        try (Spool spool = open(PLENTY)) {
            assertThat(spool.nextSequence()).isEqualTo(151);
        }
        assertThat(losses.setAsideCount()).isEqualTo(150);
        try (Stream<Path> bad = Files.list(folder.resolve("bad"))) {
            assertThat(bad.map(file -> file.getFileName().toString()).sorted())
                    .hasSize(200)
                    .startsWith("0000000000000000051.pic", "0000000000000000051.pic.txt")
                    .endsWith("0000000000000000150.pic", "0000000000000000150.pic.txt");
        }
    }

    @Test
    void aPictureThatCannotBeSetAsideWaitsAsBefore() throws IOException {
        try (Spool spool = open(PLENTY)) {
            Waiting entry = spool.add(picture(1), jpeg(1), "", 0);
            Path inTheWay = Files.writeString(folder.resolve("bad"), "no folder");
            assertThat(spool.setAside(entry, "played")).isFalse();
            assertThat(told.all(EventType.PICTURE_FAILED)).isEmpty();
            assertThat(spool.status().pictures()).isEqualTo(1);
            Files.delete(inTheWay);
            assertThat(spool.setAside(entry, "played")).isTrue();
            assertThat(spool.status())
                    .extracting(SpoolStatus::pictures, SpoolStatus::bytes)
                    .containsExactly(0, 0L);
        }
    }

    @Test
    void knowsWhichPicturesMayHaveBeenSentBefore() throws IOException {
        try (Spool spool = open(PLENTY)) {
            spool.add(picture(1), jpeg(1), "", 0);
            Waiting first = spool.take(any -> true).orElseThrow();
            assertThat(first.tried()).isFalse();
            spool.putBack(first);
            assertThat(spool.take(any -> true).orElseThrow().tried()).isTrue();
            spool.add(picture(2), jpeg(2), "", 0);
        }
        try (Spool spool = open(PLENTY)) {
            assertThat(spool.take(waiting -> waiting.sequence() == 2)
                            .orElseThrow()
                            .tried())
                    .isTrue();
        }
    }

    @Test
    void remembersAcrossARestartWhatTheNewestBlobHolds() throws IOException {
        try (Spool spool = open(PLENTY)) {
            spool.add(picture(1), jpeg(1), "newest of front", 0);
            Waiting second = spool.add(picture(2), jpeg(2), "newest of front", 0);
            spool.remove(second);
            spool.replaced("newest of front", second.sequence());
        }
        try (Spool spool = open(PLENTY)) {
            assertThat(spool.marks().of("newest of front")).isEqualTo(2);
            assertThat(spool.nextSequence()).isEqualTo(3);
        }
    }

    @Test
    void keepsNoMoreBadFilesThanATenthOfItsBound() throws IOException {
        long bound = 40 * sizeOfOne();
        try (Spool spool = open(bound)) {
            for (int i = 1; i <= 20; i++) {
                spool.add(picture(i), jpeg(i), "", 0);
                spool.setAside(spool.take(any -> true).orElseThrow(), "played");
            }
        }
        long bytes = 0;
        try (Stream<Path> bad = Files.list(folder.resolve("bad"))) {
            for (Path file : bad.toList()) {
                bytes += Files.size(file);
            }
        }
        assertThat(bytes).isPositive().isLessThanOrEqualTo(bound / 10);
    }

    private Spool open(long maxBytes) throws IOException {
        return Spool.open(
                new SpoolSettings(folder, maxBytes, 0, WhenFull.OVERWRITE_OLDEST, Order.OLDEST_FIRST), 1, losses);
    }

    private Path oneFile() throws IOException {
        try (Spool spool = open(PLENTY)) {
            spool.add(picture(1), jpeg(1), "newest", 0);
        }
        return pictureFiles().get(0);
    }

    private long sizeOfOne() throws IOException {
        Jpeg image = jpeg(1);
        return SpoolFile.head(picture(1), "", image).remaining() + (long) image.length();
    }

    private List<Path> pictureFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".pic"))
                    .sorted()
                    .toList();
        }
    }
}
