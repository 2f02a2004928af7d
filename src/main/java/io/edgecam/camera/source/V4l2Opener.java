package io.edgecam.camera.source;

import io.edgecam.camera.FrameSource;
import io.edgecam.settings.DeviceSettings;
import java.io.IOException;
import java.nio.file.Path;
import org.opencv.core.CvException;
import org.opencv.videoio.VideoCapture;
import org.opencv.videoio.Videoio;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens one V4L2 camera, again and again, and tells what the device made of the wishes whenever that changes. For one
 * thread at a time.
 */
final class V4l2Opener implements FrameSource.Opener {
    private static final Logger log = LoggerFactory.getLogger(V4l2Opener.class);
    /** The characters MJPG, the first in the lowest byte; OpenCV's own function for that needs its library. */
    private static final int MJPEG = 'M' | 'J' << 8 | 'P' << 16 | 'G' << 24;

    private final DeviceSettings settings;
    private final VideoDevice device;
    private volatile String told = "";

    V4l2Opener(DeviceSettings settings) {
        this.settings = settings;
        this.device = VideoDevice.at(Path.of(settings.source().address()));
    }

    @Override
    public FrameSource open() throws IOException {
        device.check();
        OpenCvLibrary.load();
        VideoCapture capture = new VideoCapture();
        boolean opened = false;
        try {
            if (!capture.open(device.toString(), Videoio.CAP_V4L2)) {
                throw new IOException(device.whyNoCamera());
            }
            ask(capture);
            V4l2Camera camera = new V4l2Camera(device, capture);
            opened = true;
            return camera;
        } catch (CvException e) {
            throw new IOException(device + ": OpenCV says: " + e.getMessage(), e);
        } finally {
            if (!opened) {
                capture.release();
            }
        }
    }

    /** Sets what a driver may refuse or round without a word, and looks what came of it. */
    private void ask(VideoCapture capture) {
        capture.set(Videoio.CAP_PROP_FOURCC, MJPEG);
        capture.set(Videoio.CAP_PROP_FRAME_WIDTH, settings.width());
        capture.set(Videoio.CAP_PROP_FRAME_HEIGHT, settings.height());
        capture.set(Videoio.CAP_PROP_FPS, settings.framerate());
        boolean jpeg = (int) capture.get(Videoio.CAP_PROP_FOURCC) == MJPEG;
        capture.set(Videoio.CAP_PROP_CONVERT_RGB, jpeg ? 0 : 1);
        tell(capture, jpeg);
    }

    private void tell(VideoCapture capture, boolean jpeg) {
        int width = (int) capture.get(Videoio.CAP_PROP_FRAME_WIDTH);
        int height = (int) capture.get(Videoio.CAP_PROP_FRAME_HEIGHT);
        long rate = Math.round(capture.get(Videoio.CAP_PROP_FPS));
        String asked = offer(settings.width(), settings.height(), settings.framerate(), true);
        String given = offer(width, height, rate > 0 ? rate : settings.framerate(), jpeg);
        if (!given.equals(asked) && !given.equals(told)) {
            log.info("{} gives {}; asked were {}", device, given, asked);
        }
        told = given;
    }

    private static String offer(int width, int height, long rate, boolean jpeg) {
        return width + "x" + height + " at " + rate + " frames a second"
                + (jpeg ? "" : ", not as JPEG, so its pictures are encoded here");
    }
}
