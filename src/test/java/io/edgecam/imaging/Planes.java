package io.edgecam.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgecam.picture.Jpeg;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the real ffmpeg makes of a JPEG: luma and colour differences as they are coded, before anything is scaled. */
record Planes(List<Plane> all) {
    /** Decodes with ffmpeg, which must have nothing to say. */
    static Planes of(Jpeg jpeg, Path folder, String sampling) throws Exception {
        Path file = folder.resolve("in.jpg");
        Files.write(file, jpeg.toBytes());
        byte[] raw = ffmpeg("-i", file.toString(), "-f", "rawvideo", "-");
        List<Plane> planes = new ArrayList<>();
        int at = 0;
        int count = sampling.equals("grey") ? 1 : 3;
        for (int i = 0; i < count; i++) {
            int across = i == 0 ? 1 : sampling.charAt(0) - '0';
            int down = i == 0 ? 1 : sampling.charAt(2) - '0';
            Plane plane = new Plane(raw, at, (jpeg.width() + across - 1) / across, (jpeg.height() + down - 1) / down);
            planes.add(plane);
            at += plane.width() * plane.height();
        }
        assertThat(raw).hasSize(at);
        return new Planes(planes);
    }

    /** A frame of ffmpeg's own motion JPEG. */
    static Jpeg frameOfFfmpeg(String size, String format, String huffman) throws Exception {
        return Jpeg.of(ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=" + size,
                "-frames:v",
                "1",
                "-pix_fmt",
                format,
                "-huffman",
                huffman,
                "-q:v",
                "4",
                "-f",
                "mjpeg",
                "-"));
    }

    private static byte[] ffmpeg(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error"));
        command.addAll(List.of(arguments));
        Path complaints = Files.createTempFile("ffmpeg", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(complaints.toFile())
                    .start();
            byte[] out;
            try (InputStream in = process.getInputStream()) {
                out = in.readAllBytes();
            }
            assertThat(process.waitFor()).isZero();
            assertThat(Files.readString(complaints, StandardCharsets.UTF_8)).isEmpty();
            return out;
        } finally {
            Files.delete(complaints);
        }
    }

    /** Samples of one kind, row by row. */
    @SuppressWarnings("ArrayRecordComponent")
    record Plane(byte[] samples, int start, int width, int height) {
        int at(int x, int y) {
            return samples[start + y * width + x] & 0xFF;
        }
    }
}
