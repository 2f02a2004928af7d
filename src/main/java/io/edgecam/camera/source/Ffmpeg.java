package io.edgecam.camera.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command lines of ffmpeg, version 5.1 or later, and what its words mean. Immutable, for any number of threads.
 *
 * <p>The address comes to it through its standard input, as the list of one file for its demuxer {@code concat}: a
 * command line can be read by everybody on the machine.
 */
final class Ffmpeg {
    /** What RTSP needs and no more: the address comes from the cloud and must not make ffmpeg read files. */
    private static final String PROTOCOLS = "pipe,fd,tcp,tls,rtp,udp,rtsp,rtsps";

    private static final int QUALITY = 4;
    private static final Pattern COMPLAINT = Pattern.compile("\\[(?:error|fatal)\\] (.*)");

    private final String program;
    private final int framerate;

    Ffmpeg(String program, int framerate) {
        this.program = program;
        this.framerate = Math.max(1, framerate);
    }

    /** Encodes a JPEG of each frame that the rate allows, of one thread each for decoding and encoding: more cost delay. */
    List<String> encoding() {
        List<String> command = reading();
        // a second from frame to frame: the encoder gives up where two have the same time on its own, coarser clock
        command.addAll(List.of("-vf", "select='" + select() + "',setpts=N/TB", "-fps_mode", "passthrough"));
        command.addAll(List.of("-threads", "1", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p"));
        // the tables of the standard, with which a strip can be put on without decoding the picture
        command.addAll(List.of("-q:v", Integer.toString(QUALITY), "-huffman", "default"));
        return writing(command);
    }

    /** Passes on a camera's own JPEGs. */
    List<String> copying() {
        List<String> command = reading();
        command.addAll(List.of("-c:v", "copy"));
        return writing(command);
    }

    /** What goes to its standard input. */
    static String script(String address) {
        return String.join(
                "\n",
                "ffconcat version 1.0",
                "file '" + address.replace("'", "'\\''") + "'",
                "option rtsp_transport tcp",
                "option allowed_media_types video",
                "option fflags nobuffer+discardcorrupt",
                "option probesize 32",
                "option analyzeduration 0",
                "");
    }

    /** Whether the camera sends JPEGs, by what it says of its input; empty as long as it has not said that. */
    static Optional<Boolean> seesJpegs(List<String> words) {
        return words.stream()
                .filter(line -> line.contains("Stream #0:") && line.contains("Video: "))
                .findFirst()
                .map(line -> line.contains("Video: mjpeg"));
    }

    /** What stopped it, in the operator's words. */
    static String problem(List<String> words, boolean signsIn) {
        String all = String.join("\n", words).toLowerCase(Locale.ROOT);
        if (all.contains("401 unauthorized") || all.contains("403 forbidden")) {
            return signsIn ? "refuses username and password" : "wants a sign-in: set username and password";
        }
        if (all.contains("404 not found") || all.contains("stream not found")) {
            return "has nothing at this path (status 404): look up the path of its RTSP stream";
        }
        if (all.contains("failed to resolve") || all.contains("name or service not known")) {
            return "has a host name that is not known here: write its IP address, or set up the name";
        }
        if (all.contains("connection refused")
                || all.contains("no route to host")
                || all.contains("network is unreachable")
                || all.contains("connection timed out")) {
            return "cannot be reached: is it on, are address and port right, may this device get there?";
        }
        if (all.contains("461 ") || all.contains("unsupported transport")) {
            return "does not send over TCP: switch RTP over TCP (interleaved) on in the camera";
        }
        return "ended its stream" + lastComplaint(words);
    }

    private static String lastComplaint(List<String> words) {
        for (int i = words.size() - 1; i >= 0; i--) {
            Matcher complaint = COMPLAINT.matcher(words.get(i));
            if (complaint.find()) {
                return "; ffmpeg says: " + complaint.group(1);
            }
        }
        return "";
    }

    private List<String> reading() {
        List<String> command = new ArrayList<>(List.of(program, "-hide_banner", "-nostats", "-loglevel", "level+info"));
        command.addAll(List.of("-protocol_whitelist", PROTOCOLS, "-f", "concat", "-safe", "0"));
        command.addAll(List.of("-probesize", "32", "-analyzeduration", "0", "-fflags", "nobuffer"));
        command.addAll(List.of("-flags", "low_delay", "-threads", "1", "-i", "pipe:0", "-map", "0:v:0", "-an"));
        return command;
    }

    private static List<String> writing(List<String> command) {
        command.addAll(List.of("-f", "mjpeg", "-flush_packets", "1", "pipe:1"));
        return List.copyOf(command);
    }

    /**
     * Lets through so many frames a second on average, as {@link RateLimit} does, and never one twice. Variable 0 is when
     * the next one is due; a frame without a time goes through, and a camera whose clock was set back begins anew.
     */
    private String select() {
        String late = "gte(t,ld(0))";
        String back = "lt(t,ld(0)-3/" + framerate + ")";
        String due = "if(" + back + ",t,max(ld(0)+1/" + framerate + ",t))";
        return "if(isnan(t),1,if(" + late + "+" + back + ",1+0*st(0," + due + "),0))";
    }
}
