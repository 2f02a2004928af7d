package io.edgecam.hub.iotedge;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.azure.sdk.iot.device.InternalClient;
import com.microsoft.azure.sdk.iot.device.IotHubStatusCode;
import com.microsoft.azure.sdk.iot.device.Message;
import com.microsoft.azure.sdk.iot.device.ModuleClient;
import com.microsoft.azure.sdk.iot.device.exceptions.IotHubClientException;
import com.microsoft.azure.sdk.iot.device.twin.Twin;
import com.microsoft.azure.sdk.iot.device.twin.TwinCollection;
import io.edgecam.hub.HubLink;
import io.edgecam.hub.LinkException;
import io.edgecam.hub.LinkStatus;
import io.edgecam.hub.OutgoingMessage;
import io.edgecam.json.MergePatch;
import io.edgecam.picture.Identity;
import io.edgecam.picture.UnsetClock;
import io.edgecam.thread.Backoff;
import io.edgecam.thread.Worker;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The line to IoT Edge or IoT Hub over the official SDK, kept alive by one thread, {@code hub}.
 *
 * <p>The SDK's own reconnecting is switched off, because it can end deaf or dead for good: whenever a connection ends, a
 * new client is made, everything is subscribed to again and the twin is pulled again. There is one way to be connected,
 * and it is the way of the first time. A connection that is quiet for long must answer for its twin.
 */
public final class IotEdgeLink implements HubLink {
    private static final Logger log = LoggerFactory.getLogger(IotEdgeLink.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    /** A connection that lasted so long did not end because of what it began with. */
    private static final Duration STEADY = Duration.ofSeconds(2);

    private static final Duration QUIET = Duration.ofMinutes(5);
    private static final int REPORT_PATIENCE_MILLIS = 5_000;
    private static final int SEND_PATIENCE_MILLIS = 20_000;

    private final Dialer dialer;
    private final Line line;
    private final InstantSource clock;
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final Calls calls = new Calls(signals);
    private JsonObject desired = new JsonObject();
    private long version;
    private @Nullable Worker worker;

    private IotEdgeLink(Dialer dialer, InstantSource clock) {
        this.dialer = dialer;
        this.clock = clock;
        this.line = new Line(dialer.kind().word(), clock);
    }

    /**
     * The link that the environment describes; empty if it describes none.
     *
     * @throws IllegalArgumentException if it describes one that cannot be, with the fix
     */
    public static Optional<HubLink> of(Map<String, String> environment, InstantSource clock) {
        return Dialer.of(environment).map(dialer -> new IotEdgeLink(dialer, clock));
    }

    /**
     * The name and port that the environment leads to, not looked up; empty if it describes no hub.
     *
     * @throws IllegalArgumentException if it describes one that cannot be, with the fix
     */
    public static Optional<InetSocketAddress> address(Map<String, String> environment) {
        return Dialer.of(environment).map(Dialer::address);
    }

    @Override
    public Identity identity() {
        return dialer.identity();
    }

    @Override
    public void open(Door door) {
        worker = Worker.start("hub", () -> run(door));
    }

    @Override
    public boolean awaitConnected(Duration patience) throws InterruptedException {
        return line.await(patience);
    }

    @Override
    public void report(JsonObject patch) throws LinkException, InterruptedException {
        TwinCollection properties = new TwinCollection();
        for (Map.Entry<String, JsonElement> entry : patch.entrySet()) {
            properties.put(entry.getKey(), entry.getValue().isJsonNull() ? null : entry.getValue());
        }
        InternalClient client = line.client();
        try {
            calls.make(
                    () -> client.updateReportedProperties(properties, REPORT_PATIENCE_MILLIS), REPORT_PATIENCE_MILLIS);
        } catch (IotHubClientException | IllegalStateException e) {
            throw explained("The reported properties", e);
        }
    }

    @Override
    public void send(OutgoingMessage message) throws LinkException, InterruptedException {
        InternalClient client = line.client();
        Message sdk = Messages.of(message);
        try {
            calls.make(() -> send(client, sdk, message.output()), SEND_PATIENCE_MILLIS);
        } catch (IotHubClientException | IllegalStateException e) {
            throw explained("The message " + message.id(), e);
        }
    }

    private static Message send(InternalClient client, Message message, String output)
            throws IotHubClientException, InterruptedException {
        if (client instanceof ModuleClient module) {
            module.sendEvent(message, output, SEND_PATIENCE_MILLIS);
        } else {
            client.sendEvent(message, SEND_PATIENCE_MILLIS);
        }
        return message;
    }

    @Override
    public LinkStatus status() {
        return line.status();
    }

    @Override
    public void close() {
        if (worker != null) {
            worker.close();
        }
    }

    private void run(Door door) throws InterruptedException {
        Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
        while (true) {
            signals.clear();
            long startNanos = System.nanoTime();
            String end = connected(door);
            if (System.nanoTime() - startNanos > STEADY.toNanos()) {
                backoff.reset();
            }
            Duration pause = backoff.next();
            line.down(end);
            log.warn("No connection to the hub, next try in {} ms: {}", pause.toMillis(), end);
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        }
    }

    /** Connects and works as long as the connection does; returns why it ended. */
    private String connected(Door door) throws InterruptedException {
        Session session = null;
        try {
            session = new Session(dialer.client(), door, signals);
            calls.make(session::open, Session.OPEN_PATIENCE_MILLIS);
            deliver(calls.make(session::twin, Session.TWIN_PATIENCE_MILLIS * Session.TWIN_TRIES), door);
            line.up(session.client());
            log.info("Connected to the hub as {}", identity());
            return live(session, door);
        } catch (IotHubClientException | RuntimeException e) {
            return Reasons.of(e) + UnsetClock.hint(clock.instant());
        } finally {
            if (session != null) {
                line.down("the connection is being closed");
                calls.close(session);
            }
        }
    }

    /** Takes what comes in; returns why it ended. */
    private String live(Session session, Door door) throws IotHubClientException, InterruptedException {
        while (true) {
            Signal signal = signals.poll(QUIET.toMillis(), TimeUnit.MILLISECONDS);
            if (signal instanceof Signal.Lost lost) {
                return lost.reason();
            }
            if (signal instanceof Signal.Patch patch && patch.version() == version + 1) {
                version = patch.version();
                desired = MergePatch.apply(desired, patch.changes());
                door.desired(desired, version);
            } else {
                deliver(calls.make(session::twin, Session.TWIN_PATIENCE_MILLIS * Session.TWIN_TRIES), door);
            }
        }
    }

    private void deliver(Twin twin, Door door) {
        desired = Session.json(twin.getDesiredProperties());
        Integer now = twin.getDesiredProperties().getVersion();
        version = now == null ? 0 : now;
        door.connected(Session.json(twin.getReportedProperties()));
        door.desired(desired, version);
    }

    private static LinkException explained(String what, Exception e) {
        String words = what + " did not reach the hub: " + Reasons.of(e);
        boolean refused = e instanceof IotHubClientException refusal
                && (refusal.getStatusCode() == IotHubStatusCode.BAD_FORMAT
                        || refusal.getStatusCode() == IotHubStatusCode.REQUEST_ENTITY_TOO_LARGE);
        return refused ? LinkException.hopeless(words) : LinkException.passing(words);
    }
}
