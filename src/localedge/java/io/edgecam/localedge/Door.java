package io.edgecam.localedge;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A public port in front of the real servers. It sees a connection before TLS does, so it can refuse, close in the
 * handshake, or fall silent; and it opens again on the same port. The first byte tells TLS from plain HTTP. Event loop
 * only.
 */
final class Door {
    private static final int TLS_HANDSHAKE = 0x16;

    private final World world;
    private final String name;
    private final String address;
    private final int tlsPort;
    private final int plainPort;
    private final NetClient client;
    private final Set<Pipe> pipes = new LinkedHashSet<>();
    private int port;
    private boolean frozen;
    private @Nullable NetServer server;

    /** @param plainPort where to bring what is not TLS, 0 to close it */
    Door(World world, String name, String address, int port, int tlsPort, int plainPort) {
        this.world = world;
        this.name = name;
        this.address = address;
        this.port = port;
        this.tlsPort = tlsPort;
        this.plainPort = plainPort;
        this.client = world.loop().vertx().createNetClient();
    }

    int port() {
        return port;
    }

    boolean isOpen() {
        return server != null;
    }

    Future<?> open() {
        if (server != null) {
            return Future.succeededFuture();
        }
        NetServer fresh = world.loop().vertx().createNetServer(new NetServerOptions().setTcpNoDelay(true));
        server = fresh;
        fresh.connectHandler(this::knocked);
        return fresh.listen(port, address)
                .onSuccess(listening -> {
                    port = listening.actualPort();
                    world.journal().note(name + " listens on " + address + ":" + port);
                })
                .recover(e -> {
                    server = null;
                    return Future.failedFuture(new IllegalStateException(
                            "The " + name + " cannot listen on " + address + ":" + port + " (" + e.getMessage()
                                    + "); end what uses this port or choose another one",
                            e));
                });
    }

    /** Stops listening and closes what is open: a new connection is refused by the operating system. */
    Future<?> shut() {
        NetServer old = server;
        if (old == null) {
            return Future.succeededFuture();
        }
        server = null;
        closeAll();
        return old.close().onSuccess(closed -> world.journal().note(name + " closed port " + port));
    }

    void closeAll() {
        List.copyOf(pipes).forEach(Pipe::close);
    }

    void freeze(boolean on) {
        frozen = on;
        pipes.forEach(on ? Pipe::pause : Pipe::resume);
        world.journal().note(name + (on ? " is silent: nothing passes" : " passes everything again"));
    }

    private void knocked(NetSocket in) {
        in.exceptionHandler(e -> {});
        in.handler(first -> {
            boolean tls = first.getByte(0) == TLS_HANDSHAKE;
            if (tls && world.faults().closeHandshake()) {
                in.close();
                world.journal().note(name + ": closed in the TLS handshake, as asked");
            } else if (!tls && plainPort == 0) {
                in.close();
                world.journal().note(name + ": closed a connection that does not speak TLS");
            } else {
                in.pause();
                connect(in, first, tls ? tlsPort : plainPort);
            }
        });
    }

    private void connect(NetSocket in, Buffer first, int target) {
        client.connect(target, "127.0.0.1")
                .onSuccess(out -> new Pipe(in, out).start(first))
                .onFailure(e -> in.close());
    }

    /** Two sockets that pass on what the other gets. */
    private final class Pipe {
        private final NetSocket in;
        private final NetSocket out;

        Pipe(NetSocket in, NetSocket out) {
            this.in = in;
            this.out = out;
        }

        void start(Buffer first) {
            pipes.add(this);
            if (!isOpen()) {
                close();
                return;
            }
            out.exceptionHandler(e -> {});
            in.closeHandler(closed -> close());
            out.closeHandler(closed -> close());
            forward(in, out);
            forward(out, in);
            out.write(first);
            if (frozen) {
                pause();
            } else {
                in.resume();
            }
        }

        private void forward(NetSocket from, NetSocket to) {
            from.handler(bytes -> {
                to.write(bytes);
                if (to.writeQueueFull()) {
                    from.pause();
                    to.drainHandler(drained -> resume(from));
                }
            });
        }

        private void resume(NetSocket socket) {
            if (!frozen) {
                socket.resume();
            }
        }

        void pause() {
            in.pause();
            out.pause();
        }

        void resume() {
            in.resume();
            out.resume();
        }

        void close() {
            pipes.remove(this);
            in.close();
            out.close();
        }
    }
}
