package io.edgecam.contract;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.edgecam.ledger.Account;
import io.edgecam.ledger.Gap;
import io.edgecam.ledger.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the ledger says, in JSON; the same in getLedger, getStatus and the heartbeat. */
final class LedgerJson {
    private LedgerJson() {}

    static Map<String, Object> of(Account account) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("expected", account.expected());
        values.put("taken", account.taken());
        values.put("uploaded", account.uploaded());
        values.put("spooled", account.spooled());
        values.put("dropped", account.dropped());
        values.put("failed", account.failed());
        values.put("underway", account.underway());
        return values;
    }

    static Map<String, Object> cameras(Map<String, Account> accounts) {
        Map<String, Object> values = new LinkedHashMap<>();
        accounts.forEach((camera, account) -> values.put(camera, of(account)));
        return values;
    }

    static JsonObject of(Statement statement) {
        JsonObject json = Values.json(of(statement.sum())).getAsJsonObject();
        JsonArray gaps = new JsonArray();
        statement.gaps().forEach(gap -> gaps.add(of(gap)));
        json.add("gaps", gaps);
        json.addProperty("gapsLeftOut", statement.gapsLeftOut());
        json.add("cameras", Values.json(cameras(statement.cameras())));
        json.add("since", Values.json(statement.since().orElse(null)));
        json.addProperty("damagedLines", statement.damagedLines());
        return json;
    }

    private static JsonObject of(Gap gap) {
        JsonObject json = new JsonObject();
        json.addProperty("from", Times.text(gap.from()));
        json.addProperty("to", Times.text(gap.to()));
        json.addProperty("reason", gap.reason());
        json.addProperty("camera", gap.camera());
        json.addProperty("count", gap.count());
        json.addProperty("detail", gap.detail());
        return json;
    }
}
