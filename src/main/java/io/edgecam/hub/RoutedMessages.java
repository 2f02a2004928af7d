package io.edgecam.hub;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.edgecam.contract.Answer;
import io.edgecam.contract.OrderReading;
import io.edgecam.contract.TakePicture;
import io.edgecam.event.Event;
import io.edgecam.event.EventType;
import io.edgecam.event.Events;
import io.edgecam.json.Json;
import io.edgecam.json.JsonException;
import io.edgecam.json.Problem;
import io.edgecam.picture.Trigger;
import io.edgecam.taking.Order;
import io.edgecam.taking.Taken;
import io.edgecam.thread.Crew;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that order pictures: the text {@code image}, one order, or an array of them. Every message is done with when
 * it was read, for good or bad, so that none comes back for ever; one that could not be read, or nothing came of, is
 * told as an event. A message that was delivered twice is carried out once.
 */
public final class RoutedMessages {
    private static final Logger log = LoggerFactory.getLogger(RoutedMessages.class);
    private static final int REMEMBERED = 200;
    private static final int MAX_ORDERS = 50;
    private static final String STOPPING = "the module was stopped before the order's turn had come; send it again";
    private static final Set<String> UNHEARD_OF = Set.of(Taken.Reason.NOT_READY.word(), Taken.Reason.STOPPING.word());

    private final Crew crew;
    private final TakePicture takePicture;
    private final Events events;
    private final InstantSource clock;
    private final Set<String> seen = new LinkedHashSet<>();

    public RoutedMessages(Crew crew, TakePicture takePicture, Events events, InstantSource clock) {
        this.crew = crew;
        this.takePicture = takePicture;
        this.events = events;
        this.clock = clock;
    }

    /** Takes a message; returns at once. */
    public void take(IncomingMessage message) {
        if (isRepeated(message.id())) {
            log.info("Message {} was delivered before, it is not carried out again", message.id());
            return;
        }
        try {
            List<Order> orders = new ArrayList<>();
            List<Problem> problems = new ArrayList<>();
            read(message.body(), orders, problems);
            if (problems.isEmpty()) {
                orders.forEach(order -> carryOut(order, message));
            } else {
                refuse(message, problems);
            }
        } catch (JsonException e) {
            refuse(message, List.of(new Problem("", String.valueOf(e.getMessage()))));
        }
    }

    private synchronized boolean isRepeated(String id) {
        if (id.isEmpty()) {
            return false;
        }
        if (!seen.add(id)) {
            return true;
        }
        if (seen.size() > REMEMBERED) {
            seen.remove(seen.iterator().next());
        }
        return false;
    }

    private void read(String body, List<Order> orders, List<Problem> problems) throws JsonException {
        String text = body.strip();
        if (text.isEmpty() || text.equalsIgnoreCase("image")) {
            orders.add(Order.plain(Trigger.MESSAGE));
            return;
        }
        JsonElement json = Json.parse(text);
        if (json instanceof JsonArray list) {
            if (list.size() > MAX_ORDERS) {
                problems.add(new Problem("", "has " + list.size() + " orders, a message may have " + MAX_ORDERS));
                return;
            }
            for (int index = 0; index < list.size(); index++) {
                read(list.get(index), "[" + index + "]", orders, problems);
            }
        } else {
            read(json, "", orders, problems);
        }
    }

    private void read(JsonElement request, String at, List<Order> orders, List<Problem> problems) {
        OrderReading reading = takePicture.read(request, Trigger.MESSAGE);
        reading.order().ifPresent(orders::add);
        for (Problem problem : reading.problems()) {
            String path = problem.path().isEmpty() || at.isEmpty() ? problem.path() : "." + problem.path();
            problems.add(new Problem(at + path, problem.problem()));
        }
    }

    private void carryOut(Order order, IncomingMessage message) {
        Order dated = dated(order, message);
        Runnable stopping = () -> refuse(message, List.of(new Problem("", STOPPING)));
        Callable<Answer> work = () -> {
            Answer answer = takePicture.carryOut(dated);
            log.info("Message {} answered with {}", message.id(), answer.status());
            unheardOf(answer).ifPresent(problem -> refuse(message, List.of(problem)));
            return answer;
        };
        if (crew.take(work, stopping).isEmpty()) {
            if (crew.isClosed()) {
                stopping.run();
            } else {
                refuse(message, List.of(new Problem("", "too many orders wait already")));
            }
        }
    }

    /** What no event has told of: nothing was tried, or it was broken off. */
    private static Optional<Problem> unheardOf(Answer answer) {
        return switch (answer.status()) {
            case 400, 404 -> Optional.of(new Problem("camera", words(answer.body())));
            case 503 ->
                UNHEARD_OF.contains(code(answer.body()))
                        ? Optional.of(new Problem("", words(answer.body())))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** For the frame of the moment when the message was made, if it says so and does not ask for another one itself. */
    private Order dated(Order order, IncomingMessage message) {
        return message.created()
                .map(created -> Duration.between(created, clock.instant()))
                .filter(age -> order.past().isEmpty() && !age.isNegative())
                .map(order::preferring)
                .orElse(order);
    }

    private static String words(JsonObject body) {
        return body.getAsJsonObject("error").get("message").getAsString();
    }

    private static String code(JsonObject body) {
        return body.getAsJsonObject("error").get("code").getAsString();
    }

    private void refuse(IncomingMessage message, List<Problem> problems) {
        log.warn("Message {} at input '{}' is refused: {}", message.id(), message.input(), problems);
        events.tell(Event.of(
                EventType.MESSAGE_REFUSED,
                clock.instant(),
                Map.of("input", message.input(), "messageId", message.id(), "problems", problems)));
    }
}
