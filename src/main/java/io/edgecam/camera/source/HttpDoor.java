package io.edgecam.camera.source;

import io.edgecam.settings.DeviceSettings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;

/**
 * Asks a network camera for what it has at its address: signs in when it must, follows redirects on the same host only. For
 * one thread at a time; {@link #close} for any: it ends the answer that is under way.
 */
final class HttpDoor implements AutoCloseable {
    private static final int REDIRECTS = 3;
    private static final int STALE = 3;

    private final URI address;
    private final Duration patience;
    private final OffLimits offLimits = OffLimits.ofThisMachine();
    private final HttpAuthorization authorization;
    private final SSLSocketFactory secure;
    private volatile Optional<HttpConnection> connection = Optional.empty();
    private volatile boolean closed;
    private URI connectedTo;

    HttpDoor(URI address, DeviceSettings settings, SSLSocketFactory secure) {
        this.address = address;
        this.connectedTo = address;
        this.patience = settings.readTimeout();
        this.authorization = new HttpAuthorization(settings.username(), settings.password());
        this.secure = secure;
    }

    /** An answer with status 200, its body open. What was left of the answer before is gone. */
    HttpReply ask() throws IOException {
        URI now = address;
        int signed = 0;
        int redirects = 0;
        while (true) {
            HttpReply reply = send(now, authorization.signature(now));
            int status = reply.status();
            if (status == 200) {
                return reply;
            }
            if (status == 401 && !authorization.isEmpty() && mayTryAgain(reply, signed)) {
                signed++;
            } else if (status >= 301 && status <= 308 && status != 304 && redirects++ < REDIRECTS) {
                now = redirected(now, reply.header("location"));
            } else {
                authorization.forget();
                throw new IOException(refusal(status));
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        connection.ifPresent(HttpConnection::close);
    }

    /** The address without what may be secret in it. */
    static String publicPart(URI address) {
        int port = address.getPort();
        return address.getScheme() + "://" + address.getHost() + (port < 0 ? "" : ":" + port) + address.getPath();
    }

    /** Once for each demand, as cameras lock out who tries a wrong password often; more only if the nonce was too old. */
    private boolean mayTryAgain(HttpReply reply, int signed) throws IOException {
        authorization.demanded(reply.all("www-authenticate"));
        return signed == 0 || (signed < STALE && authorization.isStale());
    }

    private HttpReply send(URI to, Optional<String> signature) throws IOException {
        try {
            Optional<HttpReply> reply = sendOnTheSameConnection(to, signature);
            return reply.isPresent() ? reply.get() : connect(to).get(to, signature);
        } catch (SocketTimeoutException e) {
            throw new IOException(
                    "does not answer in " + patience.toSeconds()
                            + " s (readTimeoutSeconds): is it on, is the address right?",
                    e);
        } catch (ConnectException | NoRouteToHostException e) {
            throw new IOException(
                    "cannot be reached: is it on, are address and port right, may this device get there?", e);
        } catch (SSLException e) {
            throw new IOException(
                    "shows no certificate that is believed here (" + e.getMessage() + "): put it, or the one of who"
                            + " signed it, into a PEM file, name that in " + HttpTrust.PATH + " and restart",
                    e);
        }
    }

    /** Empty if there is none that is free; a camera may have hung up meanwhile, without a word. */
    private Optional<HttpReply> sendOnTheSameConnection(URI to, Optional<String> signature) {
        boolean same = HttpConnection.isSecure(to) == HttpConnection.isSecure(connectedTo)
                && HttpConnection.port(to) == HttpConnection.port(connectedTo);
        try {
            if (same && connection.isPresent() && connection.get().isFree()) {
                return Optional.of(connection.get().get(to, signature));
            }
        } catch (IOException gone) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private HttpConnection connect(URI to) throws IOException {
        connection.ifPresent(HttpConnection::close);
        IOException failure = new ConnectException();
        for (InetAddress one : offLimits.addresses(to)) {
            try {
                HttpConnection open = new HttpConnection(to, one, secure, patience);
                connectedTo = to;
                connection = Optional.of(open);
                if (closed) {
                    open.close();
                }
                return open;
            } catch (ConnectException | NoRouteToHostException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private static URI redirected(URI from, String location) throws IOException {
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new IOException("redirects to an address that is none", e);
        }
        boolean same = from.getHost().equalsIgnoreCase(to.getHost())
                && (to.getScheme().equals("https") || to.getScheme().equals(from.getScheme()));
        if (!same) {
            throw new IOException("redirects to another host or away from https (" + publicPart(to)
                    + "), which is not followed: set that as source if it is right");
        }
        return to;
    }

    private String refusal(int status) {
        return switch (status) {
            case 401, 403 ->
                authorization.isEmpty()
                        ? "wants a sign-in (status " + status + "): set username and password"
                        : "refuses username and password (status " + status + ")";
            case 404 -> "has nothing at this path (status 404): look up the path of its MJPEG stream or snapshot";
            case 503 -> "has no free place for one more viewer, or is starting (status 503)";
            default -> "answers with status " + status + ", wanted is 200";
        };
    }
}
