package io.edgecam.contract;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.edgecam.json.Fields;
import io.edgecam.json.Problem;
import io.edgecam.picture.Trigger;
import io.edgecam.taking.Order;
import io.edgecam.taking.Order.WaitFor;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A takePicture request read strictly: an order, or every mistake in it by its path. */
public record OrderReading(Optional<Order> order, List<Problem> problems) {
    private static final int MOST_PICTURES = 100;
    private static final int LONGEST_INTERVAL = 3600;
    /** IoT Hub waits at most 300 s for a method's answer. */
    private static final int LONGEST_TIMEOUT = 300;

    private static final int LONGEST_NAME = 32;
    private static final int LONGEST_LABEL = 64;
    private static final int LONGEST_TEXT = 200;
    private static final Pattern AGO = Pattern.compile("-(\\d{1,5}(?:\\.\\d{1,3})?)s");
    private static final String MOMENT = "\"-5s\" or a moment such as \"2026-11-21T05:00:00.000Z\"";

    public OrderReading {
        problems = List.copyOf(problems);
    }

    /** @param now the moment that {@code "-5s"} is counted from */
    static OrderReading of(JsonElement request, Trigger trigger, Instant now) {
        if (!(request instanceof JsonObject object)) {
            return refused(List.of(new Problem("", "an order must be a JSON object, such as {\"camera\": \"front\"}")));
        }
        Fields in = Fields.of(object);
        Order order = order(in, trigger, now);
        Duration lasts = order.interval().multipliedBy(order.count() - 1L);
        if (order.count() > 1 && lasts.compareTo(order.timeout()) >= 0) {
            in.refuse(
                    "timeoutSeconds",
                    "is " + order.timeout().toSeconds() + ", but " + order.count() + " pictures every "
                            + order.interval().toSeconds() + " s take " + lasts.toSeconds()
                            + " s; allow more time or order fewer");
        }
        if (order.past().isPresent() && order.count() > 1 && order.interval().isZero()) {
            in.refuse("intervalSeconds", "is 0, but several pictures of the past need a distance; set at least 1");
        }
        in.refuseUnknown();
        return in.problems().isEmpty() ? new OrderReading(Optional.of(order), List.of()) : refused(in.problems());
    }

    private static Order order(Fields in, Trigger trigger, Instant now) {
        return new Order(
                trigger,
                in.text("camera", LONGEST_NAME, "its name, or `*` for all; may be left out where there is only one"),
                in.whole("count", 1, 1, MOST_PICTURES, "how many pictures of each camera"),
                in.seconds("intervalSeconds", 0, 0, LONGEST_INTERVAL, "from one picture to the next"),
                in.text("at", MOMENT, "the moment of the frame, in the past", at -> age(at, now))
                        .map(age -> new Order.Past(age, true)),
                in.text("label", LONGEST_LABEL, "a word for the pictures' names and records"),
                in.text("text", "", LONGEST_TEXT, "words for the stamp of these pictures"),
                in.choice("waitFor", WaitFor.UPLOADED, "what must be true of the pictures when the answer comes"),
                in.seconds("timeoutSeconds", 20, 1, LONGEST_TIMEOUT, "by when there is an answer"),
                System.nanoTime());
    }

    private static OrderReading refused(List<Problem> problems) {
        return new OrderReading(Optional.empty(), problems);
    }

    private static Duration age(String at, Instant now) {
        Matcher ago = AGO.matcher(at.toLowerCase(Locale.ROOT));
        if (ago.matches()) {
            return Duration.ofMillis(Math.round(Double.parseDouble(ago.group(1)) * 1000));
        }
        Duration age;
        try {
            age = Duration.between(Instant.parse(at), now);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("must be " + MOMENT + ", not '" + at + "'", e);
        }
        if (age.isNegative()) {
            throw new IllegalArgumentException("is '" + at + "', which is yet to come; it must lie in the past");
        }
        return age;
    }
}
