package io.edgecam.hub.iotedge;

import com.google.gson.JsonObject;

/** What the SDK's threads tell the link's own; they do nothing else, for the SDK has only one of each. */
sealed interface Signal {
    /** The connection is gone for good; the client is of no use any more. */
    record Lost(String reason) implements Signal {}

    /** Some desired properties changed. */
    record Patch(JsonObject changes, long version) implements Signal {}
}
