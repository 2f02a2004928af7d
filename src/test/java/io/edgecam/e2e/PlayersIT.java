package io.edgecam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgecam.camera.source.BarCode;
import io.edgecam.localedge.demo.ModuleProcess;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that others wrote show the stream, and it moves: they get whole pictures with rising numbers. */
@Timeout(120)
class PlayersIT {
    private static final int PICTURES = 5;

    @TempDir
    Path folder;

    private ModuleProcess module;
    private String stream;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path settings = Files.writeString(folder.resolve("settings.json"), """
                {"cameras": {"front": {"source": "test:", "width": 640, "height": 480, "framerate": 15,
                                       "warmUpSeconds": 0}},
                 "storage": {"folder": "%1$s/pictures"}, "spool": {"folder": "%1$s/spool"},
                 "metrics": {"enabled": false}, "web": {"port": %2$d}}
                """.formatted(folder, port));
        module = ModuleProcess.start(Map.of(), null, "--settings", settings.toString());
        assertThat(module.awaitReady("http://127.0.0.1:" + port + "/readyz", Duration.ofSeconds(60)))
                .isTrue();
        stream = "http://127.0.0.1:" + port + "/stream.mjpeg";
    }

    @AfterEach
    void stop() {
        module.close();
    }

    @Test
    void ffmpegPlaysTheStream() throws Exception {
        Process ffmpeg = new ProcessBuilder(
                        "ffmpeg",
                        "-nostdin",
                        "-loglevel",
                        "error",
                        "-i",
                        stream,
                        "-fps_mode",
                        "passthrough",
                        "-frames:v",
                        Integer.toString(PICTURES),
                        folder.resolve("seen-%02d.jpg").toString())
                .inheritIO()
                .start();
        try {
            assertThat(ffmpeg.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(ffmpeg.exitValue()).isZero();
        } finally {
            ffmpeg.destroyForcibly();
        }
        List<Long> numbers = new ArrayList<>();
        try (DirectoryStream<Path> seen = Files.newDirectoryStream(folder, "seen-*.jpg")) {
            for (Path picture : seen) {
                numbers.add(number(Files.readAllBytes(picture)));
            }
        }
        assertThat(numbers.stream().distinct()).hasSize(PICTURES);
    }

    @Test
    void curlReceivesTheStreamAsItComes() throws Exception {
        Process curl = new ProcessBuilder("curl", "--silent", "--no-buffer", "--max-time", "60", stream)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Long> numbers = new ArrayList<>();
        try (InputStream out = new BufferedInputStream(curl.getInputStream())) {
            while (numbers.size() < PICTURES) {
                numbers.add(number(out.readNBytes(length(out))));
            }
        } finally {
            curl.destroyForcibly();
        }
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
    }

    private static long number(byte[] jpeg) throws IOException {
        return BarCode.read(jpeg).orElseThrow().frame();
    }

    /** The Content-Length of the part that begins here; afterwards its picture comes. */
    private static int length(InputStream in) throws IOException {
        int length = -1;
        for (String line = line(in); length < 0 || !line.isEmpty(); line = line(in)) {
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring("Content-Length: ".length()));
            }
        }
        return length;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the stream ended");
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }
}
