package io.edgecam.hub.iotedge;

import com.microsoft.azure.sdk.iot.device.hsm.UnixDomainSocketChannel;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The way to the workload API over the JDK's own Unix sockets. A daemon that accepts and never answers ends in an
 * exception instead of a hang. For one thread.
 */
final class UnixSocket implements UnixDomainSocketChannel {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private @Nullable SocketChannel channel;
    private @Nullable Selector readable;

    @Override
    public void open(String address) throws IOException {
        close();
        SocketChannel opened = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel = opened;
        opened.connect(UnixDomainSocketAddress.of(address));
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            opened().write(rest);
        }
        Selector selector = Selector.open();
        readable = selector;
        opened().configureBlocking(false);
        opened().register(selector, SelectionKey.OP_READ);
    }

    @Override
    public int read(byte[] bytes) throws IOException {
        if (readable != null && readable.select(PATIENCE.toMillis()) == 0) {
            throw new IOException("the workload API did not answer in " + PATIENCE.toSeconds() + " s");
        }
        if (readable != null) {
            readable.selectedKeys().clear();
        }
        return opened().read(ByteBuffer.wrap(bytes));
    }

    @Override
    public void close() throws IOException {
        if (readable != null) {
            readable.close();
            readable = null;
        }
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    private SocketChannel opened() throws IOException {
        if (channel == null) {
            throw new IOException("the socket is not open");
        }
        return channel;
    }
}
