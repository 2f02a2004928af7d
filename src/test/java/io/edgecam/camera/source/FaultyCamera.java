package io.edgecam.camera.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A network camera on a real socket that sends pictures at a rate, as a stream at /stream and one at a time elsewhere, and
 * has whatever fault it is told to have. A connection that met a fault keeps it: only a new one is well again.
 */
final class FaultyCamera implements AutoCloseable {
    /** What can be wrong with a camera. */
    enum Fault {
        NONE,
        /** Cuts every connection at once, with a reset. */
        RESETS,
        /** Ends its stream in good order. */
        ENDS,
        /** Takes connections and says nothing, or stops in the middle of a picture. */
        STALLS,
        /** Sends a picture byte by byte, ten a second. */
        DRIPS,
        /** Sends pictures without their second half. */
        CUTS_OFF,
        /** Sends what is no picture. */
        TALKS_RUBBISH,
        /** Begins a picture that never ends. */
        NEVER_ENDS,
        /** Sends headers without end. */
        ENDLESS_HEADER,
        /** Announces ten times the bytes it sends. */
        LIES,
        /** Has no place for another viewer. */
        UNAVAILABLE
    }

    private final ServerSocket socket;
    private final byte[] picture;
    private final long periodNanos;
    private final Map<Socket, Thread> connections = new ConcurrentHashMap<>();
    private final Semaphore arrivals = new Semaphore(0);
    private final AtomicLong sent = new AtomicLong();
    private volatile Fault fault = Fault.NONE;

    FaultyCamera(byte[] picture, int framerate) throws IOException {
        this.picture = picture.clone();
        this.periodNanos = TimeUnit.SECONDS.toNanos(1) / framerate;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    String address(String path) {
        return "http://127.0.0.1:" + socket.getLocalPort() + path;
    }

    void have(Fault next) {
        fault = next;
        arrivals.drainPermits();
    }

    /** Waits for so many requests since the last change of fault. */
    void awaitRequests(int count) throws InterruptedException {
        arrivals.acquire(count);
    }

    /** How many whole pictures it has sent. */
    long sent() {
        return sent.get();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket open : connections.keySet()) {
            open.close();
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket peer = socket.accept();
                connections.put(peer, start(() -> serve(peer)));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket peer) {
        try (peer) {
            BufferedReader in = new BufferedReader(new InputStreamReader(peer.getInputStream(), ISO_8859_1));
            OutputStream out = peer.getOutputStream();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                boolean stream = line.startsWith("GET /stream");
                while (line != null && !line.isEmpty()) {
                    line = in.readLine();
                }
                arrivals.release();
                if (stream) {
                    stream(peer, out);
                    return;
                }
                snapshot(peer, out);
            }
        } catch (IOException | InterruptedException gone) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(peer);
        }
    }

    private void stream(Socket peer, OutputStream out) throws IOException, InterruptedException {
        if (fault != Fault.NONE) {
            fail(peer, out, fault);
        }
        write(out, "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=next\r\n\r\n");
        for (long due = System.nanoTime(); fault == Fault.NONE; due += periodNanos) {
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            write(out, "--next\r\nContent-Type: image/jpeg\r\nContent-Length: " + picture.length + "\r\n\r\n");
            out.write(picture);
            sent.incrementAndGet();
            write(out, "\r\n");
        }
        write(out, "--next\r\nContent-Type: image/jpeg\r\n\r\n");
        fail(peer, out, fault);
    }

    private void snapshot(Socket peer, OutputStream out) throws IOException, InterruptedException {
        Fault now = fault;
        if (now == Fault.LIES) {
            write(out, head(picture.length * 10));
            out.write(picture, 0, picture.length / 3);
            throw new IOException("lied");
        }
        if (now == Fault.CUTS_OFF) {
            write(out, head(picture.length / 2));
            out.write(picture, 0, picture.length / 2);
        } else {
            if (now != Fault.NONE) {
                fail(peer, out, now);
            }
            write(out, head(picture.length));
            out.write(picture);
            sent.incrementAndGet();
        }
    }

    private static String head(int length) {
        return "HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: " + length + "\r\n\r\n";
    }

    /** Does what is wrong until the peer has enough of it, or once and ends. */
    private void fail(Socket peer, OutputStream out, Fault now) throws IOException, InterruptedException {
        byte[] half = Arrays.copyOf(picture, picture.length / 2);
        switch (now) {
            case RESETS -> peer.setSoLinger(true, 0);
            case UNAVAILABLE -> write(out, "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            case STALLS -> {
                out.write(half);
                awaitHangUp(peer);
            }
            case DRIPS -> {
                for (byte one : picture) {
                    out.write(one);
                    TimeUnit.MILLISECONDS.sleep(100);
                }
            }
            case NEVER_ENDS -> {
                out.write(half);
                flood(out, new byte[64 * 1024]);
            }
            case CUTS_OFF, LIES -> {
                for (int i = 0; i < 1000; i++) {
                    write(
                            out,
                            "--next\r\nContent-Type: image/jpeg\r\nContent-Length: " + 10 * half.length + "\r\n\r\n");
                    out.write(half);
                }
            }
            case TALKS_RUBBISH -> {
                write(out, "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=next\r\n\r\n");
                byte[] rubbish = new byte[64 * 1024];
                Arrays.fill(rubbish, (byte) 'x');
                flood(out, rubbish);
            }
            case ENDLESS_HEADER -> {
                write(out, "HTTP/1.1 200 OK\r\n");
                flood(out, "X-Word: and another one\r\n".repeat(1000).getBytes(ISO_8859_1));
            }
            case ENDS, NONE -> write(out, "--next--\r\n");
        }
        throw new IOException("was " + now);
    }

    private static void awaitHangUp(Socket peer) throws IOException {
        while (peer.getInputStream().read() >= 0) {
            // until the peer has enough
        }
    }

    private static void flood(OutputStream out, byte[] bytes) throws IOException {
        for (long i = 0; i < Long.MAX_VALUE; i++) {
            out.write(bytes);
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
    }

    private static Thread start(Runnable job) {
        Thread thread = new Thread(job, "faulty-camera");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
