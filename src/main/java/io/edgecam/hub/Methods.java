package io.edgecam.hub;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.edgecam.contract.Answer;
import io.edgecam.contract.Answers;
import io.edgecam.contract.OrderReading;
import io.edgecam.contract.TakePicture;
import io.edgecam.json.Problem;
import io.edgecam.picture.Trigger;
import io.edgecam.taking.Order;
import io.edgecam.thread.Crew;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The direct methods by name, in any letter case. The work is done by a crew: the SDK's one receiving thread only waits
 * for it, within the time-out, and its interrupt at every lost connection does not stop a picture that is being taken.
 */
public final class Methods {
    private static final Logger log = LoggerFactory.getLogger(Methods.class);
    /** For the disk and the crew, on top of an order's own time-out. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private static final Duration STANDARD_PATIENCE = Duration.ofSeconds(25);
    /** IoT Hub takes an answer of 128 KB. */
    private static final int MAX_ANSWER = 127 * 1024;

    private final Crew crew;
    private final TakePicture takePicture;
    private final Map<String, Method> methods = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /** @param others every method but takePicture, by name */
    public Methods(Crew crew, TakePicture takePicture, Map<String, Method> others) {
        this.crew = crew;
        this.takePicture = takePicture;
        this.methods.putAll(others);
    }

    /** The answer to a call; always one, and always in time. */
    public Answer answer(String name, JsonElement payload) {
        JsonElement request = payload instanceof JsonNull ? new JsonObject() : payload;
        if (name.toLowerCase(Locale.ROOT).equals("takepicture")) {
            OrderReading reading = takePicture.read(request, Trigger.METHOD);
            if (reading.order().isEmpty()) {
                return Answers.badRequest(reading.problems());
            }
            Order order = reading.order().get();
            return inTime(() -> takePicture.carryOut(order), order.timeout().plus(GRACE));
        }
        Method method = methods.get(name);
        if (method == null) {
            return unknown(name);
        }
        if (!(request instanceof JsonObject object)) {
            return Answers.badRequest(List.of(new Problem("", "the request must be a JSON object, such as {}")));
        }
        return inTime(() -> method.answer(object), STANDARD_PATIENCE);
    }

    private Answer unknown(String name) {
        Map<String, Method> known = new TreeMap<>(methods);
        List<String> names = new java.util.ArrayList<>(known.keySet());
        names.add("takePicture");
        return Answers.error(
                404,
                "UnknownMethod",
                "there is no method '" + name + "'; known here: " + String.join(", ", names),
                List.of());
    }

    private Answer inTime(Callable<Answer> work, Duration patience) {
        Optional<Future<Answer>> job = crew.take(work);
        if (job.isEmpty() && crew.isClosed()) {
            return stopping();
        }
        if (job.isEmpty()) {
            return Answers.error(409, "Busy", "too many orders wait already; try again in some seconds", List.of());
        }
        try {
            return fitting(job.get().get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Answers.error(
                    504,
                    "TimedOut",
                    "no result within " + patience.toSeconds() + " s; see telemetry for it",
                    List.of());
        } catch (CancellationException e) {
            return stopping();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException) {
                return stopping();
            }
            log.error("A method failed unexpectedly", e.getCause());
            return Answers.error(500, "InternalError", "an error in this program; its log says more", List.of());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answers.error(503, "Stopping", "the connection ended before the result was there", List.of());
        }
    }

    private static Answer stopping() {
        return Answers.error(503, "Stopping", "the module is stopping; ask again when it runs again", List.of());
    }

    private static Answer fitting(Answer answer) {
        int length = answer.body().toString().length();
        return length <= MAX_ANSWER
                ? answer
                : Answers.error(
                        500,
                        "AnswerTooLong",
                        "the answer has " + length + " characters, the hub takes " + MAX_ANSWER,
                        List.of());
    }

    /** A direct method's work. */
    public interface Method {
        Answer answer(JsonObject request) throws InterruptedException;
    }
}
