package io.edgecam.localedge;

import com.microsoft.azure.sdk.iot.device.IotHubClientProtocol;
import com.microsoft.azure.sdk.iot.device.Message;
import com.microsoft.azure.sdk.iot.device.ModuleClient;
import com.microsoft.azure.sdk.iot.device.hsm.UnixDomainSocketChannel;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A program of its own, because Microsoft's SDK reads the environment of its process: connects, sends one message, ends. */
final class EnvironmentModule {
    private EnvironmentModule() {}

    public static void main(String[] args) throws Exception {
        ModuleClient client = ModuleClient.createFromEnvironment(new Channel(), IotHubClientProtocol.MQTT);
        client.open(false);
        client.sendEvent(new Message("from the environment".getBytes(StandardCharsets.UTF_8)), "out");
        client.close();
    }

    /** The SDK wants a unix socket from its caller; it writes once and reads to the end. */
    private static final class Channel implements UnixDomainSocketChannel {
        private SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);

        Channel() throws IOException {}

        @Override
        public void open(String address) throws IOException {
            channel.close();
            channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(address));
        }

        @Override
        public void write(byte[] output) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(output);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }

        @Override
        public int read(byte[] input) throws IOException {
            return channel.read(ByteBuffer.wrap(input));
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
