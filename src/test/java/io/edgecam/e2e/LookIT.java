package io.edgecam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A viewer who looks on while the twin changes what pictures look like: the same for him and for the stills, and neither
 * the view nor the camera is interrupted.
 */
@Timeout(120)
class LookIT {
    private static final String LEFT_HALF = "[[[0,0],[0.5,0],[0.5,1],[0,1]]]";

    @TempDir
    static Path folder;

    private static World world;
    private static int port;

    private DataInputStream view;
    private String liveSince;

    @BeforeAll
    static void start() throws Exception {
        world = World.start(folder);
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        world.camera.patchDesired("{\"web\": {\"enabled\": true, \"port\": " + port
                + "}, \"cameras\": {\"front\": {\"idleCloseSeconds\": 0, \"stamp\": {\"place\": \"none\"}}}}");
        world.awaitSettings();
        world.camera.awaitReported(
                reported -> reported.getAsJsonObject("cameras_status")
                        .getAsJsonObject("front")
                        .get("state")
                        .getAsString()
                        .equals("live"),
                World.PATIENCE);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void look() throws Exception {
        world.camera.patchDesired("{\"cameras\": {\"front\": {\"rotate\": null, \"flip\": null, \"roi\": null,"
                + " \"privacyMasks\": null}}}");
        world.awaitSettings();
        InputStream body = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/stream.mjpeg"))
                                .build(),
                        BodyHandlers.ofInputStream())
                .body();
        view = new DataInputStream(body);
        awaitView(picture -> !isBlack(picture, 0, 0.5));
        liveSince = since();
    }

    @AfterEach
    void theCameraWasNotInterrupted() throws Exception {
        view.close();
        assertThat(since()).isEqualTo(liveSince);
    }

    @Test
    void masksCoverTheLiveViewAndTheStills() throws Exception {
        set("\"privacyMasks\": " + LEFT_HALF);

        BufferedImage seen = awaitView(picture -> isBlack(picture, 0, 0.5));
        assertThat(isBlack(seen, 0.5, 1)).isFalse();
        assertThat(isBlack(still(), 0, 0.5)).isTrue();
    }

    @Test
    void theUprightPictureIsWhatIsMasked() throws Exception {
        set("\"rotate\": 90, \"privacyMasks\": " + LEFT_HALF);

        BufferedImage seen = awaitView(picture -> picture.getHeight() == 640 && isBlack(picture, 0, 0.5));
        assertThat(seen.getWidth()).isEqualTo(480);
        assertThat(isBlack(still(), 0, 0.5)).isTrue();
    }

    @Test
    void rotationAndRegionShowInTheLiveViewAndInTheStills() throws Exception {
        set("\"rotate\": 270, \"roi\": [0, 0, 1, 0.5]");

        BufferedImage seen = awaitView(picture -> picture.getWidth() == 480);
        assertThat(seen.getHeight()).isEqualTo(320);
        BufferedImage still = still();
        assertThat(still.getWidth()).isEqualTo(480);
        assertThat(still.getHeight()).isEqualTo(320);
    }

    @Test
    void flippingTurnsTheCodeInTheCornerToTheOtherSide() throws Exception {
        set("\"flip\": \"horizontal\"");

        awaitView(picture -> hasCode(picture, true));
        BufferedImage still = still();
        assertThat(hasCode(still, true)).isTrue();
        assertThat(hasCode(still, false)).isFalse();
    }

    private static void set(String look) {
        world.camera.patchDesired("{\"cameras\": {\"front\": {" + look + "}}}");
        world.awaitSettings();
    }

    private static String since() {
        JsonObject cameras = world.call("getStatus", "{}").object().getAsJsonObject("cameras_status");
        return cameras.getAsJsonObject("front").get("since").getAsString();
    }

    private static BufferedImage still() throws IOException {
        return decoded(world.blob(world.take("{}")).downloadContent().toBytes());
    }

    /** The first picture of the live view that is so, among as many as come in half a minute. */
    private BufferedImage awaitView(Predicate<BufferedImage> wanted) throws IOException {
        for (int pictures = 0; pictures < 300; pictures++) {
            BufferedImage picture = nextPart();
            if (wanted.test(picture)) {
                return picture;
            }
        }
        throw new AssertionError("no picture of the live view was as it should be");
    }

    private BufferedImage nextPart() throws IOException {
        int length = -1;
        String line = line();
        while (length < 0 || !line.isEmpty()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
            line = line();
        }
        return decoded(view.readNBytes(length));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = view.read(); next != '\n'; next = view.read()) {
            if (next < 0) {
                throw new EOFException("the live view ended");
            }
            line.append((char) next);
        }
        return new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).strip();
    }

    private static BufferedImage decoded(byte[] jpeg) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(jpeg));
    }

    /** Whether the columns between two parts of the width are black, but for what the codec leaves at an edge. */
    private static boolean isBlack(BufferedImage picture, double from, double to) {
        int left = (int) (from * picture.getWidth());
        int right = (int) (to * picture.getWidth()) - 16;
        for (int x = left; x < right; x += 3) {
            for (int y = 0; y < picture.getHeight(); y += 3) {
                if ((picture.getRGB(x, y) >> 8 & 0xFF) > 40) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether the alternating row of the test camera's bar code is in the upper left, or mirrored in the upper right, corner. */
    private static boolean hasCode(BufferedImage picture, boolean mirrored) {
        double cell = picture.getWidth() / 64.0;
        boolean found = true;
        for (int column = 1; column < 17; column++) {
            int x = (int) ((column + 0.5) * cell);
            int green = picture.getRGB(mirrored ? picture.getWidth() - 1 - x : x, (int) (1.5 * cell)) >> 8 & 0xFF;
            found &= column % 2 == 1 ? green > 170 : green < 90;
        }
        return found;
    }
}
