package io.edgecam.localedge;

/**
 * What modules and services are given to find the local edge; immutable. The SDKs append port 8883 to the gateway's name
 * themselves; the closing {@code #} turns that into a fragment of the address, so another port can stand before it.
 */
record Addresses(String gateway, String workloadUri, String socketUri, String serviceEndpoint) {
    static Addresses of(World world, Ports ports) {
        String host = world.settings().hostNames().get(0);
        int edgeHub = ports.edgeHub().port();
        String port = edgeHub == Ports.MQTT_TLS ? "" : ":" + edgeHub + "#";
        return new Addresses(
                host + port,
                "http://localhost:" + ports.workload().port(),
                "unix://" + ports.socket(),
                host + ":" + ports.service().port());
    }
}
