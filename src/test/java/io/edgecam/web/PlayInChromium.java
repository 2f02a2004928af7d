package io.edgecam.web;

import java.net.URI;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Set;

/**
 * Shows {@code /stream.mjpeg} in Chromium and prints how many different pictures it saw. Run by
 * {@code src/test/play-stream.sh}.
 */
final class PlayInChromium {
    private static final int WANTED = 10;

    private static final String BEGIN = """
            window.player = new Image();
            player.src = '/stream.mjpeg';
            document.body.append(player);
            """;
    /** The pixels, once the picture is another one than at the last look. */
    private static final String NEXT = """
            new Promise((resolve) => {
              const canvas = document.createElement('canvas');
              const look = () => {
                if (player.naturalWidth > 0) {
                  canvas.width = player.naturalWidth;
                  canvas.height = player.naturalHeight;
                  canvas.getContext('2d').drawImage(player, 0, 0);
                  const seen = canvas.toDataURL('image/png');
                  if (seen !== window.seen) {
                    window.seen = seen;
                    resolve(seen);
                    return;
                  }
                }
                requestAnimationFrame(look);
              };
              look();
            })""";

    private PlayInChromium() {}

    /** @param arguments where the page is */
    public static void main(String[] arguments) throws Exception {
        Set<String> pictures = new HashSet<>();
        try (Chromium browser = new Chromium(Files.createTempDirectory("edgecam-chromium"))) {
            browser.open(URI.create(arguments[0]));
            browser.await("document.readyState === 'complete'");
            browser.evaluate(BEGIN);
            while (pictures.size() < WANTED) {
                pictures.add(browser.evaluate(NEXT));
            }
        }
        System.out.println(pictures.size());
        System.exit(0);
    }
}
