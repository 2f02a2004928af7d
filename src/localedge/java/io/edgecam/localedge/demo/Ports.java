package io.edgecam.localedge.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds ports that nobody listens on. */
final class Ports {
    private static final int TRIES = 50;

    private Ports() {}

    /** The first free port of this machine from {@code wanted} on. */
    static int freeFrom(int wanted) throws IOException {
        for (int port = wanted; port < wanted + TRIES; port++) {
            if (isFree(port)) {
                return port;
            }
        }
        throw new IOException("no free port from " + wanted + " to " + (wanted + TRIES - 1));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
