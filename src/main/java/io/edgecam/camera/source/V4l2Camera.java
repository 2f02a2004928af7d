package io.edgecam.camera.source;

import io.edgecam.camera.FrameSource;
import io.edgecam.picture.Jpeg;
import io.edgecam.settings.DeviceSettings;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.opencv.core.CvException;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.videoio.VideoCapture;
import org.opencv.videoio.VideoWriter;
import org.opencv.videoio.Videoio;

/**
 * A camera at a video device of Linux. Where the device gives JPEGs, they are passed on byte for byte; else pictures are
 * encoded here. For one reading thread; {@link #close} from another one frees the device when the read comes back.
 */
final class V4l2Camera implements FrameSource {
    private static final int QUALITY = 90;
    /** An older stamp than this is not of this clock. */
    private static final long OLDEST_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Path device;
    private final VideoCapture capture;
    private final Mat mat = new Mat();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable JpegWriter writer;
    private @Nullable BufferedImage picture;
    private boolean released;
    private volatile boolean closed;

    private V4l2Camera(Path device, VideoCapture capture) {
        this.device = device;
        this.capture = capture;
    }

    static Opener opener(DeviceSettings settings) {
        Path device = Path.of(settings.source().address());
        return () -> open(device, settings);
    }

    @Override
    public Shot next() throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new IOException(device + " was closed");
            }
            if (!capture.read(mat) || mat.empty()) {
                throw new IOException(lossOf(device));
            }
            long arrival = System.nanoTime();
            return new Shot(jpeg(), stamp((long) (capture.get(Videoio.CAP_PROP_POS_MSEC) * 1e6), arrival));
        } catch (CvException e) {
            throw new IOException(device + ": OpenCV says: " + e.getMessage(), e);
        } finally {
            if (closed) {
                release();
            }
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        if (lock.tryLock()) {
            try {
                release();
            } finally {
                lock.unlock();
            }
        }
    }

    private static V4l2Camera open(Path device, DeviceSettings settings) throws IOException {
        check(device);
        OpenCvLibrary.load();
        VideoCapture capture = new VideoCapture();
        V4l2Camera camera = new V4l2Camera(device, capture);
        try {
            if (!capture.open(device.toString(), Videoio.CAP_V4L2)) {
                throw new IOException(
                        device + " cannot be opened as a camera: it is in use by another program, or takes"
                                + " no pictures (many cameras have two devices, try the one with the even number)");
            }
            ask(capture, settings);
            return camera;
        } catch (IOException e) {
            camera.close();
            throw e;
        } catch (CvException e) {
            camera.close();
            throw new IOException(device + ": OpenCV says: " + e.getMessage(), e);
        }
    }

    private static void check(Path device) throws IOException {
        if (!Files.exists(device)) {
            throw new IOException(device + " is not there: plug the camera in, and hand the device to the container"
                    + " (Devices: PathOnHost " + device + ")");
        }
        if (!Files.isReadable(device) || !Files.isWritable(device)) {
            throw new IOException(device + " may not be opened by this user: add it to the group that owns the device,"
                    + " mostly video (in a container GroupAdd), and give the device the right rw (CgroupPermissions)");
        }
    }

    /** Sets what a driver may refuse or round without a word; the pictures tell what came of it. */
    private static void ask(VideoCapture capture, DeviceSettings settings) {
        int jpeg = VideoWriter.fourcc('M', 'J', 'P', 'G');
        capture.set(Videoio.CAP_PROP_FOURCC, jpeg);
        capture.set(Videoio.CAP_PROP_FRAME_WIDTH, settings.width());
        capture.set(Videoio.CAP_PROP_FRAME_HEIGHT, settings.height());
        capture.set(Videoio.CAP_PROP_FPS, settings.framerate());
        boolean passThrough = (int) capture.get(Videoio.CAP_PROP_FOURCC) == jpeg;
        capture.set(Videoio.CAP_PROP_CONVERT_RGB, passThrough ? 0 : 1);
    }

    private Jpeg jpeg() throws IOException {
        if (mat.type() == CvType.CV_8UC1 && mat.rows() == 1) {
            byte[] bytes = new byte[mat.cols()];
            mat.get(0, 0, bytes);
            return CameraJpeg.of(bytes);
        }
        if (mat.type() != CvType.CV_8UC3) {
            throw new IOException(device + " gives pictures of a kind that is not known here ("
                    + CvType.typeToString(mat.type()) + "): only JPEG and what OpenCV makes BGR of");
        }
        return encode();
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

    /** The driver's stamp is on the scale of CLOCK_MONOTONIC, as nanoTime is; a stamp that cannot be is passed over. */
    static long stamp(long device, long arrival) {
        long age = arrival - device;
        return age >= 0 && age < OLDEST_NANOS ? device : arrival;
    }

    private static String lossOf(Path device) {
        return Files.exists(device)
                ? device
                        + " gives no more frames: it was unplugged for a moment, lost power, or another program took it"
                : device + " is gone: plug the camera in again";
    }

    private void release() {
        if (!released) {
            released = true;
            mat.release();
            capture.release();
        }
    }
}
