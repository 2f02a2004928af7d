package io.edgecam.camera.source;

import io.edgecam.settings.DeviceSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Asks a network camera for what it has at its address: signs in when it must, follows redirects on the same host only.
 * For one thread at a time.
 */
final class HttpDoor {
    private static final int REDIRECTS = 3;
    private static final int STALE = 3;

    private final URI address;
    private final Duration patience;
    private final OffLimits offLimits = OffLimits.ofThisMachine();
    private final HttpAuthorization authorization;
    private final HttpClient client;

    HttpDoor(URI address, DeviceSettings settings, String certificates) throws IOException {
        this.address = address;
        this.patience = settings.readTimeout();
        this.authorization = new HttpAuthorization(settings.username(), settings.password());
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience)
                .sslContext(HttpTrust.context(certificates))
                .build();
    }

    /** An answer with status 200, its body open. */
    HttpResponse<InputStream> ask() throws IOException, InterruptedException {
        URI now = address;
        int signed = 0;
        int redirects = 0;
        while (true) {
            HttpResponse<InputStream> answer = send(now, authorization.signature(now));
            int status = answer.statusCode();
            if (status == 200) {
                return answer;
            }
            answer.body().close();
            if (status == 401 && !authorization.isEmpty() && mayTryAgain(answer, signed)) {
                signed++;
            } else if (status >= 301 && status <= 308 && status != 304 && redirects++ < REDIRECTS) {
                now = redirected(now, answer.headers().firstValue("Location").orElse(""));
            } else {
                authorization.forget();
                throw new IOException(refusal(status));
            }
        }
    }

    /** Once for each demand, as cameras lock out who tries a wrong password often; more only if the nonce was too old. */
    private boolean mayTryAgain(HttpResponse<InputStream> answer, int signed) throws IOException {
        authorization.demanded(answer.headers().allValues("WWW-Authenticate"));
        return signed == 0 || (signed < STALE && authorization.isStale());
    }

    /** The address without what may be secret in it. */
    static String publicPart(URI address) {
        int port = address.getPort();
        return address.getScheme() + "://" + address.getHost() + (port < 0 ? "" : ":" + port) + address.getPath();
    }

    private HttpResponse<InputStream> send(URI to, Optional<String> signature)
            throws IOException, InterruptedException {
        offLimits.check(to);
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(to).timeout(patience).header("User-Agent", "edgecam");
            signature.ifPresent(value -> request.header("Authorization", value));
            return client.send(request.build(), BodyHandlers.ofInputStream());
        } catch (HttpTimeoutException e) {
            throw new IOException(
                    "does not answer in " + patience.toSeconds()
                            + " s (readTimeoutSeconds): is it on, is the address right?",
                    e);
        } catch (ConnectException e) {
            throw new IOException(
                    "cannot be reached: is it on, are address and port right, may this device get there?", e);
        } catch (SSLException e) {
            throw new IOException(
                    "shows no certificate that is believed here (" + e.getMessage() + "): put it, or the one of who"
                            + " signed it, into a PEM file, name that in " + HttpTrust.PATH + " and restart",
                    e);
        } catch (IllegalArgumentException e) {
            throw new IOException("cannot be asked: address or username hold letters that HTTP has not", e);
        } catch (IOException e) {
            throw new IOException("does not speak HTTP as it should (" + e.getMessage() + ")", e);
        }
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
