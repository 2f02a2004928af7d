package io.edgecam.contract;

import com.google.gson.JsonObject;

/** What every door answers with: a status in the manner of HTTP and a JSON object. */
public record Answer(int status, JsonObject body) {
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
