package io.edgecam.web;

import io.edgecam.camera.FrameSource;
import io.edgecam.picture.Jpeg;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;

/** A camera that shows one picture 100 times a second, and can be unplugged. */
final class PaintedCamera implements FrameSource.Opener {
    private final Jpeg picture;
    private final AtomicInteger read = new AtomicInteger();
    private final Semaphore triedInVain = new Semaphore(0);
    private volatile String unplugged = "";

    PaintedCamera(Jpeg picture) {
        this.picture = picture;
    }

    /** Noise is what JPEG cannot make small: a picture of about one byte a pixel. */
    static Jpeg noise(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Random random = new Random(1);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(image, "jpeg", bytes);
            return Jpeg.of(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Jpeg picture() {
        return picture;
    }

    int framesRead() {
        return read.get();
    }

    void unplug(String reason) {
        unplugged = reason;
    }

    void plugIn() {
        unplugged = "";
    }

    /** Waits until someone has tried in vain to open it. */
    void awaitTriedInVain() throws InterruptedException {
        triedInVain.acquire();
    }

    @Override
    public FrameSource open() throws IOException {
        if (!unplugged.isEmpty()) {
            triedInVain.release();
            throw new IOException(unplugged);
        }
        CountDownLatch end = new CountDownLatch(1);
        return new FrameSource() {
            @Override
            public Shot next() throws IOException, InterruptedException {
                end.await(10, TimeUnit.MILLISECONDS);
                if (!unplugged.isEmpty()) {
                    throw new IOException(unplugged);
                }
                read.incrementAndGet();
                return new Shot(picture, System.nanoTime());
            }

            @Override
            public void close() {
                end.countDown();
            }
        };
    }
}
