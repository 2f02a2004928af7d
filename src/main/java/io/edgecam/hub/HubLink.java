package io.edgecam.hub;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.edgecam.contract.Answer;
import io.edgecam.picture.Identity;
import java.time.Duration;

/** The line to IoT Hub, or what takes its place. For any number of threads. */
public interface HubLink extends AutoCloseable {
    Identity identity();

    /** Begins to connect and goes on until closed; returns at once. Every wish then reaches {@code door}. */
    void open(Door door);

    /** Waits for a connection; false if there is none in time. */
    boolean awaitConnected(Duration patience) throws InterruptedException;

    /** Merges a patch into the reported properties; returns when the hub has taken it. */
    void report(JsonObject patch) throws LinkException, InterruptedException;

    /** Sends a message; returns when the hub has taken it. */
    void send(OutgoingMessage message) throws LinkException, InterruptedException;

    LinkStatus status();

    @Override
    void close();

    /** Where the wishes of the cloud come in. Its methods throw nothing. */
    interface Door {
        /** There is a new connection; {@code reported} is what the hub says that we reported last. Returns at once. */
        void connected(JsonObject reported);

        /** The whole desired document, after each connect and each change; returns at once. */
        void desired(JsonObject desired, long version);

        /** A direct method; returns the answer within its time. */
        Answer method(String name, JsonElement payload);

        /** A message for us; returns at once. */
        void message(IncomingMessage message);
    }
}
