package io.edgecam.storage;

import io.edgecam.thread.Worker;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** A way to a server on which things go wrong, as a test wishes. For any number of threads. */
public final class FaultProxy implements AutoCloseable {
    private static final int CHUNK = 8192;

    /** What goes wrong. */
    public enum Fault {
        NONE,
        /** Every connection is reset at once. */
        AWAY,
        /** What is sent disappears, and nothing comes back. */
        SILENT,
        /** The connection is reset in the middle of a request's body. */
        RESET_IN_BODY,
        /** The server gets the request and answers, but the answer does not arrive. */
        REPLY_LOST,
        /** One bit of a request's body arrives turned over. */
        BIT_FLIPPED
    }

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Semaphore struck = new Semaphore(0);
    private final int target;
    private volatile Fault fault = Fault.NONE;

    public FaultProxy(int target) throws IOException {
        this.target = target;
        Worker.start("fault-proxy", this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** From now on this goes wrong. */
    public void set(Fault wanted) {
        fault = wanted;
    }

    /** Waits until it has gone wrong so many times. */
    public void awaitStrikes(int count) throws InterruptedException {
        struck.acquire(count);
    }

    @Override
    public void close() throws IOException {
        server.close();
        open.forEach(FaultProxy::reset);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                if (fault == Fault.AWAY) {
                    struck.release();
                    reset(client);
                    continue;
                }
                open.add(client);
                connect(client);
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        try {
            Socket service = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(service);
            Worker.start("fault-proxy-up", () -> pump(client, service, true));
            Worker.start("fault-proxy-down", () -> pump(service, client, false));
        } catch (IOException nobodyThere) {
            reset(client);
        }
    }

    private void pump(Socket from, Socket to, boolean up) {
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                if (pass(chunk, length, up)) {
                    out.write(chunk, 0, length);
                    out.flush();
                } else if (fault != Fault.SILENT) {
                    break;
                }
            }
        } catch (IOException broken) {
            reset(to);
        }
        reset(from);
        reset(to);
    }

    /** Whether these bytes go on; they may be changed. */
    private boolean pass(byte[] chunk, int length, boolean up) {
        boolean body = up && !startsRequest(chunk);
        return switch (fault) {
            case NONE -> true;
            case AWAY -> strike(false);
            case SILENT -> up && startsRequest(chunk) && strike(false);
            case RESET_IN_BODY -> !body || strike(false);
            case REPLY_LOST -> up || strike(false);
            case BIT_FLIPPED -> {
                if (body) {
                    chunk[length / 2] ^= 1;
                    strike(true);
                }
                yield true;
            }
        };
    }

    private boolean strike(boolean pass) {
        struck.release();
        return pass;
    }

    private static boolean startsRequest(byte[] chunk) {
        String start = new String(Arrays.copyOf(chunk, 5), StandardCharsets.ISO_8859_1);
        return start.startsWith("PUT ") || start.startsWith("GET ") || start.startsWith("HEAD ");
    }

    private static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException closed) {
            return;
        }
    }
}
