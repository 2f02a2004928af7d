package io.edgecam.camera.source;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Addresses at which no camera is, but services that give keys and identities to whoever runs on this machine. Whoever may
 * write a camera's address must not be able to read them. Immutable, for any number of threads.
 *
 * <p>169.254.0.0/16 holds the metadata services of clouds, Azure's too; 168.63.129.16 is Azure's own agent. The workload
 * API of IoT Edge is the one that signs as this module.
 */
final class OffLimits {
    private static final String WORKLOAD = "IOTEDGE_WORKLOADURI";
    private static final byte[] AZURE_AGENT = {(byte) 168, 63, (byte) 129, 16};

    private final String workload;

    /** @param workload the address of the workload API; may be empty or that of a socket in the file system */
    OffLimits(String workload) {
        this.workload = workload;
    }

    static OffLimits ofThisMachine() {
        return new OffLimits(System.getenv().getOrDefault(WORKLOAD, ""));
    }

    /**
     * Looks up a camera's host, for exactly these addresses to be connected to: a name that leads elsewhere when it is
     * looked up again changes nothing.
     *
     * @throws IOException if the host is not known, or one of its addresses is off limits
     */
    List<InetAddress> addresses(URI address) throws IOException {
        try {
            List<InetAddress> all = List.of(InetAddress.getAllByName(address.getHost()));
            for (InetAddress one : all) {
                if (isMetadata(one) || isWorkload(one, address)) {
                    throw new IOException("is not asked: " + one.getHostAddress()
                            + " belongs to this machine's cloud or IoT Edge runtime (169.254.0.0/16, 168.63.129.16,"
                            + " the workload API), where no camera may be. Give the camera another address");
                }
            }
            return all;
        } catch (UnknownHostException e) {
            throw new IOException(
                    "has a host name that is not known here: is it right, and does this device's DNS know it?"
                            + " An IP address always works",
                    e);
        }
    }

    private static boolean isMetadata(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean linkLocal = bytes.length == 4 && bytes[0] == (byte) 169 && bytes[1] == (byte) 254;
        return linkLocal || Arrays.equals(bytes, AZURE_AGENT);
    }

    private boolean isWorkload(InetAddress one, URI address) throws UnknownHostException {
        if (!workload.toLowerCase(Locale.ROOT).startsWith("http")) {
            return false;
        }
        URI api = URI.create(workload);
        return HttpConnection.port(api) == HttpConnection.port(address)
                && api.getHost() != null
                && Arrays.asList(InetAddress.getAllByName(api.getHost())).contains(one);
    }
}
