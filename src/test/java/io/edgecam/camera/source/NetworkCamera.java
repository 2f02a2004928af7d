package io.edgecam.camera.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** A network camera on a real socket that gives each request the next of the answers it was told, byte for byte. */
final class NetworkCamera implements AutoCloseable {
    private final ServerSocket socket;
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);

    /** @param holds whether the connection stays open after the last byte */
    private record Answer(List<byte[]> parts, boolean holds) {}

    NetworkCamera() throws IOException {
        socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "network-camera");
        thread.setDaemon(true);
        thread.start();
    }

    /** Each part is text, or bytes. */
    NetworkCamera answering(boolean holds, Object... parts) {
        List<byte[]> bytes = new ArrayList<>();
        for (Object part : parts) {
            bytes.add(part instanceof byte[] raw ? raw : part.toString().getBytes(ISO_8859_1));
        }
        answers.add(new Answer(bytes, holds));
        return this;
    }

    String address(String path) {
        return "http://localhost:" + socket.getLocalPort() + path;
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() throws IOException {
        end.countDown();
        socket.close();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket peer = socket.accept()) {
                answer(peer);
            } catch (IOException gone) {
                if (socket.isClosed()) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void answer(Socket peer) throws IOException, InterruptedException {
        BufferedReader in = new BufferedReader(new InputStreamReader(peer.getInputStream(), ISO_8859_1));
        StringBuilder request = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            request.append(line).append('\n');
        }
        requests.add(request.toString());
        Answer answer = answers.poll();
        if (answer == null) {
            return;
        }
        OutputStream out = peer.getOutputStream();
        for (byte[] part : answer.parts()) {
            out.write(part);
        }
        out.flush();
        if (answer.holds()) {
            end.await();
        }
    }
}
