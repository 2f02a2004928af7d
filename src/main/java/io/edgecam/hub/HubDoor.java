package io.edgecam.hub;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.edgecam.contract.Answer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the cloud's wishes come in, each handed to whom it is for. Called on the SDK's threads. */
public final class HubDoor implements HubLink.Door {
    private static final Logger log = LoggerFactory.getLogger(HubDoor.class);

    private final Control control;
    private final Reports reports;
    private final Methods methods;
    private final RoutedMessages messages;

    public HubDoor(Control control, Reports reports, Methods methods, RoutedMessages messages) {
        this.control = control;
        this.reports = reports;
        this.methods = methods;
        this.messages = messages;
    }

    @Override
    public void connected(JsonObject reported) {
        reports.connected(reported);
    }

    @Override
    public void desired(JsonObject desired, long version) {
        control.wish(desired, version);
    }

    @Override
    public Answer method(String name, JsonElement payload) {
        Answer answer = methods.answer(name, payload);
        log.info("Method {} answered with {}", name, answer.status());
        return answer;
    }

    @Override
    public void message(IncomingMessage message) {
        messages.take(message);
    }
}
