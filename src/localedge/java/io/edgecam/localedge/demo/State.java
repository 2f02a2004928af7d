package io.edgecam.localedge.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.edgecam.localedge.LocalEdge;

/** What {@code ./demo call} and the others need to know of the demo that runs. */
final class State {
    private State() {}

    static JsonObject of(LocalEdge edge, String moduleId) {
        JsonObject state = new JsonObject();
        state.addProperty("edge", "http://localhost:" + edge.servicePort());
        state.addProperty("device", edge.deviceId());
        state.addProperty("module", moduleId);
        JsonArray environment = new JsonArray();
        environment.add(
                "export EdgeHubConnectionString='" + edge.module(moduleId).connectionString() + "'");
        environment.add("export EdgeModuleCACertificateFile='" + edge.caFile() + "'");
        environment.add("export SERVICE_CONNECTION_STRING='" + edge.serviceConnectionString() + "'");
        environment.add("export SERVICE_ENDPOINT='" + edge.serviceEndpoint() + "'");
        environment.add("export NODE_EXTRA_CA_CERTS='" + edge.caFile() + "'");
        state.add("environment", environment);
        return state;
    }
}
