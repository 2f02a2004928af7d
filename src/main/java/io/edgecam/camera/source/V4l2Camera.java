package io.edgecam.camera.source;

import io.edgecam.camera.FrameSource;
import io.edgecam.picture.BadJpegException;
import io.edgecam.picture.Jpeg;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.opencv.core.CvException;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.videoio.VideoCapture;
import org.opencv.videoio.Videoio;

/**
 * A camera at a video device of Linux, open. Where the device gives JPEGs, they are passed on byte for byte; else pictures
 * are encoded here. Damaged ones are left out.
 *
 * <p>For the thread that made it. {@link #close} from another one only says that it is to end: the device is freed by the
 * thread that reads it, as no other may touch what a driver could hold on to.
 */
final class V4l2Camera implements FrameSource {
    private static final int QUALITY = 90;
    private static final int BAD_IN_A_ROW = 20;
    /** A read that fails after so long has waited for a frame; one that fails at once has lost its device. */
    private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(900);

    private final Thread owner = Thread.currentThread();
    private final VideoDevice device;
    private final VideoCapture capture;
    private final Stamps stamps;
    private final Mat mat = new Mat();
    private final AtomicLong damaged = new AtomicLong();
    private @Nullable JpegWriter writer;
    private @Nullable BufferedImage picture;
    private boolean started;
    private boolean released;
    private volatile boolean closed;

    /** @param capture open; it is released by {@link #close} */
    V4l2Camera(VideoDevice device, VideoCapture capture) {
        this.device = device;
        this.capture = capture;
        int buffers = (int) capture.get(Videoio.CAP_PROP_BUFFERSIZE);
        this.stamps = new Stamps(Math.max(1, buffers), System.nanoTime());
    }

    @Override
    public Shot next() throws IOException {
        String reason = "";
        for (int bad = 0; bad < BAD_IN_A_ROW; bad++) {
            long capturedNanos = grab();
            try {
                return new Shot(retrieve(), capturedNanos);
            } catch (BadJpegException e) {
                reason = String.valueOf(e.getMessage());
                damaged.incrementAndGet();
            }
        }
        throw new IOException(device + " sent " + BAD_IN_A_ROW + " damaged pictures in a row, the last one " + reason
                + ": try another cable or port, or a smaller width, height or framerate");
    }

    @Override
    public long damaged() {
        return damaged.get();
    }

    @Override
    public void close() {
        closed = true;
        if (Thread.currentThread() == owner && !released) {
            released = true;
            mat.release();
            capture.release();
        }
    }

    /** Waits for a frame; when it was taken. */
    private long grab() throws IOException {
        if (closed) {
            throw new IOException(device + " was closed");
        }
        long begun = System.nanoTime();
        boolean grabbed = capture.grab();
        long arrival = System.nanoTime();
        if (!grabbed) {
            throw new IOException(loss(arrival - begun));
        }
        started = true;
        return stamps.of((long) (capture.get(Videoio.CAP_PROP_POS_MSEC) * 1e6), arrival);
    }

    private String loss(long waitedNanos) {
        if (waitedNanos >= SILENCE_NANOS) {
            return device + " sent no picture for " + Math.round(waitedNanos / 1e9)
                    + " s: it hangs; unplug it and plug it in again";
        }
        return started ? device.whyLost() : device.whyNoStart();
    }

    private Jpeg retrieve() throws IOException {
        try {
            if (!capture.retrieve(mat) || mat.empty()) {
                throw new BadJpegException("is empty");
            }
        } catch (CvException e) {
            throw new IOException(device + ": OpenCV says: " + e.getMessage(), e);
        }
        if (mat.type() == CvType.CV_8UC1 && mat.rows() == 1) {
            return asSent();
        }
        if (mat.type() == CvType.CV_8UC3) {
            return encode();
        }
        throw new IOException(device + " gives pictures of a kind that is not known here ("
                + CvType.typeToString(mat.type()) + "): only JPEG and what OpenCV makes BGR of");
    }

    private Jpeg asSent() throws BadJpegException {
        if (mat.cols() > JpegStream.LONGEST) {
            throw new BadJpegException("has " + mat.cols() + " bytes, at most " + JpegStream.LONGEST + " are taken");
        }
        byte[] bytes = new byte[mat.cols()];
        mat.get(0, 0, bytes);
        return CameraJpeg.of(bytes);
    }

    private Jpeg encode() throws IOException {
        BufferedImage canvas = picture;
        JpegWriter encoder = writer == null ? new JpegWriter(QUALITY) : writer;
        if (canvas == null || canvas.getWidth() != mat.cols() || canvas.getHeight() != mat.rows()) {
            canvas = new BufferedImage(mat.cols(), mat.rows(), BufferedImage.TYPE_3BYTE_BGR);
        }
        mat.get(0, 0, ((DataBufferByte) canvas.getRaster().getDataBuffer()).getData());
        picture = canvas;
        writer = encoder;
        return encoder.write(canvas);
    }
}
