package io.edgecam.contract;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.edgecam.json.Problem;
import io.edgecam.taking.Taken;
import io.edgecam.taking.Taken.Reason;
import java.util.List;

/** Results and errors in the words and with the statuses of the contract. */
public final class Answers {
    private Answers() {}

    public static Answer ok(JsonObject body) {
        return new Answer(200, body);
    }

    public static Answer of(Taken taken) {
        if (taken instanceof Taken.Stored stored) {
            JsonObject body = new JsonObject();
            body.add("pictures", PictureJson.of(stored.pictures()));
            return ok(body);
        }
        Taken.Failed failed = (Taken.Failed) taken;
        Answer answer = error(status(failed.reason()), failed.reason().word(), failed.detail(), List.of());
        if (!failed.pictures().isEmpty()) {
            answer.body().add("pictures", PictureJson.of(failed.pictures()));
        }
        return answer;
    }

    public static Answer error(int status, String code, String message, List<Problem> details) {
        JsonArray list = new JsonArray();
        details.forEach(problem -> list.add(Values.json(problem)));
        JsonObject error = new JsonObject();
        error.addProperty("code", code);
        error.addProperty("message", message);
        error.add("details", list);
        JsonObject body = new JsonObject();
        body.add("error", error);
        return new Answer(status, body);
    }

    /** 400, with each mistake by its path. */
    public static Answer badRequest(List<Problem> problems) {
        String message =
                String.join("; ", problems.stream().map(Problem::toString).toList());
        return error(400, "BadRequest", message, problems);
    }

    private static int status(Reason reason) {
        return switch (reason) {
            case UNCLEAR_ORDER -> 400;
            case UNKNOWN_CAMERA -> 404;
            case NOT_IN_RING -> 409;
            case NOT_READY, CAMERA_LOST, SPOOL_BROKEN, STOPPING -> 503;
            case CAMERA_SILENT -> 504;
            case SPOOL_FULL -> 507;
        };
    }
}
