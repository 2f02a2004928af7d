package io.edgecam.camera.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.edgecam.camera.FrameSource;
import io.edgecam.settings.DeviceSettings;
import io.edgecam.settings.DeviceSettings.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class FolderCameraTest {
    @TempDir
    private Path folder;

    private final List<byte[]> pictures = new ArrayList<>();

    @BeforeEach
    void draw() throws Exception {
        DeviceSettings settings = SourceSettings.of(Kind.TEST, "", 320, 240, 100);
        try (FrameSource source =
                new Sources(InstantSource.system()).apply(settings).open()) {
            for (int i = 0; i < 4; i++) {
                pictures.add(source.next().image().toBytes());
            }
        }
    }

    @Test
    void showsTheJpegsInTheOrderOfTheirNamesAgainAndAgain() throws Exception {
        put("b.JPEG", 1);
        put("a.jpg", 0);
        put("c.Jpg", 2);
        put("d.png", 3);
        try (FrameSource source = open()) {
            for (int shown : new int[] {0, 1, 2, 0, 1, 2}) {
                assertThat(source.next().image().toBytes()).isEqualTo(pictures.get(shown));
            }
        }
    }

    @Test
    void readsTheFolderAnewForEveryRound() throws Exception {
        put("a.jpg", 0);
        put("b.jpg", 1);
        try (FrameSource source = open()) {
            assertThat(source.next().image().toBytes()).isEqualTo(pictures.get(0));
            Files.delete(folder.resolve("b.jpg"));
            put("0.jpg", 2);

            assertThat(source.next().image().toBytes()).isEqualTo(pictures.get(2));
            assertThat(source.next().image().toBytes()).isEqualTo(pictures.get(0));
            assertThat(source.damaged()).isZero();
        }
    }

    @Test
    void skipsAndCountsDamagedAndTooLongFiles() throws Exception {
        put("a.jpg", 0);
        Files.write(folder.resolve("b.jpg"), Arrays.copyOf(pictures.get(1), 3000));
        Files.write(folder.resolve("c.jpg"), new byte[500]);
        Files.write(folder.resolve("d.jpg"), new byte[0]);
        try (RandomAccessFile sparse =
                new RandomAccessFile(folder.resolve("e.jpg").toFile(), "rw")) {
            sparse.setLength(JpegStream.LONGEST + 1L);
        }
        put("f.jpg", 2);
        try (FrameSource source = open()) {
            assertThat(source.next().image().toBytes()).isEqualTo(pictures.get(0));
            assertThat(source.next().image().toBytes()).isEqualTo(pictures.get(2));
            assertThat(source.damaged()).isEqualTo(4);
        }
    }

    @Test
    void passesOverFoldersAndLinksInACircle() throws Exception {
        Files.createDirectory(folder.resolve("a.jpg"));
        Files.createSymbolicLink(folder.resolve("b.jpg"), folder.resolve("c.jpg"));
        Files.createSymbolicLink(folder.resolve("c.jpg"), folder.resolve("b.jpg"));
        put("d.jpg", 0);
        try (FrameSource source = open()) {
            assertThat(source.next().image().toBytes()).isEqualTo(pictures.get(0));
            assertThat(source.next().image().toBytes()).isEqualTo(pictures.get(0));
            assertThat(source.damaged()).isZero();
        }
    }

    @Test
    void keepsItsRateAndCountsAPictureAsTakenWhenItIsShown() throws Exception {
        put("a.jpg", 0);
        try (FrameSource source = open()) {
            long order = System.nanoTime();
            FrameSource.Shot first = source.next();
            for (int i = 0; i < 20; i++) {
                source.next();
            }
            FrameSource.Shot last = source.next();

            assertThat(first.capturedNanos() - order).isPositive();
            // 210 ms at 100 a second; without a rate, a few
            assertThat(last.capturedNanos() - first.capturedNanos())
                    .isGreaterThan(Duration.ofMillis(100).toNanos());
        }
    }

    @Test
    void saysWhatToDoWhenThereIsNothingToShow() throws Exception {
        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessage(folder + " has no pictures: put files there whose names end in .jpg or .jpeg");

        Files.write(folder.resolve("x.jpg"), new byte[500]);
        try (FrameSource source = open()) {
            assertThatThrownBy(source::next)
                    .hasMessage(folder + " has no picture that can be shown, the last one, x.jpg is no whole JPEG:"
                            + " put whole JPEGs there");
        }

        Path nowhere = folder.resolve("none");
        assertThatThrownBy(() -> open(nowhere))
                .hasMessageContaining(nowhere + " is not there: make the folder, and in a container bind it");
        assertThatThrownBy(() -> open(folder.resolve("x.jpg"))).hasMessageContaining("x.jpg is no folder");
    }

    @Test
    void saysWhatToDoWithoutTheRightToRead() throws Exception {
        assumeFalse(System.getProperty("user.name").equals("root"), "everything may be read by root");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("---------"));
        try {
            assertThatThrownBy(this::open).hasMessageContaining("may not be read: give the user of this module");
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private void put(String name, int picture) throws IOException {
        Files.write(folder.resolve(name), pictures.get(picture));
    }

    private FrameSource open() throws IOException, InterruptedException {
        return open(folder);
    }

    private static FrameSource open(Path folder) throws IOException, InterruptedException {
        DeviceSettings settings = SourceSettings.of(Kind.FOLDER, folder.toString(), 640, 480, 100);
        return new Sources(InstantSource.system()).apply(settings).open();
    }
}
