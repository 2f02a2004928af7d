package io.edgecam.contract;

import com.google.gson.JsonObject;
import io.edgecam.camera.Cameras;
import io.edgecam.json.Fields;
import io.edgecam.ledger.Ledger;
import io.edgecam.ledger.Statement;
import io.edgecam.ledger.Statement.Query;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The method getLedger. For any number of threads. */
public final class GetLedger {
    private static final int LONGEST_NAME = 32;

    private final Ledger ledger;
    private final Cameras cameras;

    public GetLedger(Ledger ledger, Cameras cameras) {
        this.ledger = ledger;
        this.cameras = cameras;
    }

    /** What became of the pictures of a stretch of time. */
    public Answer answer(JsonObject request) {
        Fields in = Fields.of(request);
        Query query = query(in);
        if (!in.problems().isEmpty()) {
            return Answers.badRequest(in.problems());
        }
        try {
            Statement statement = ledger.statement(query);
            Optional<Answer> unknown = query.camera().flatMap(camera -> unknown(camera, statement));
            return unknown.isPresent() ? unknown.get() : Answers.ok(LedgerJson.of(statement));
        } catch (IOException e) {
            return Answers.error(503, "LedgerUnreadable", "the ledger cannot be read: " + e, List.of());
        }
    }

    private static Query query(Fields in) {
        Optional<Instant> from = in.instant("from", "the first moment");
        Optional<Instant> to = in.instant("to", "the moment after the last");
        Optional<String> camera = in.text("camera", LONGEST_NAME, "its name; left out, or `*`: all");
        if (from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
            in.refuse("from", "is " + from.get() + ", which is after 'to', " + to.get() + "; exchange them");
        }
        in.refuseUnknown();
        return new Query(from, to, camera.filter(name -> !name.equals("*")));
    }

    /** A camera that was taken out of the settings is still known by its pictures. */
    private Optional<Answer> unknown(String camera, Statement statement) {
        Set<String> known = new TreeSet<>(cameras.all().keySet());
        known.addAll(ledger.totals().keySet());
        return known.contains(camera) || statement.cameras().containsKey(camera)
                ? Optional.empty()
                : Optional.of(Answers.error(
                        404,
                        "UnknownCamera",
                        "there is no camera '" + camera + "', nor does the ledger know one; known: " + known,
                        List.of()));
    }
}
