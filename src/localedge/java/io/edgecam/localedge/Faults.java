package io.edgecam.localedge;

import io.vertx.core.Future;
import java.time.Duration;

/**
 * What the local edge does wrong when it is asked to. Counts run down by themselves, switches stay until they are turned
 * back, {@link #heal} ends everything. Any thread; each call is in force when it returns.
 */
public final class Faults {
    private final Loop loop;
    private final FaultPlan plan;
    private final Peers peers;
    private final Ports ports;

    Faults(World world, Peers peers, Ports ports) {
        this.loop = world.loop();
        this.plan = world.faults();
        this.peers = peers;
        this.ports = ports;
    }

    /** Ends every connection to the edge hub; they may come back at once. */
    public void dropConnections() {
        loop.order(() -> peers.all().forEach(peer -> peer.drop("dropped, as asked")));
    }

    public void drop(LocalModule module) {
        loop.order(() -> module.peer().drop("dropped, as asked"));
    }

    /** Forgets the subscriptions of everyone and ends the connections, as a replaced edge hub container does. */
    public void forgetSessions() {
        loop.order(() -> peers.all().forEach(Faults::forget));
    }

    public void forgetSession(LocalModule module) {
        loop.order(() -> forget(module.peer()));
    }

    /** Stops listening for MQTT, or listens again on the same port; twins, sessions and waiting messages stay. */
    public void refuseConnections(boolean on) {
        loop.<Object>finish("the edge hub's port", () -> edgeHub(on));
    }

    /** Answers every CONNECT with "not authorized" (CONNACK 5); open connections stay. */
    public void refuseSignIn(boolean on) {
        loop.order(() -> plan.refuseSignIn = on);
    }

    /** Closes the next connections in the middle of the TLS handshake, to the edge hub and to the service alike. */
    public void closeHandshakes(int count) {
        loop.order(() -> plan.handshakesToClose = count);
    }

    /** From now on a server certificate that a module asks the workload API for is good for so long only. */
    public void serverCertificatesLast(Duration life) {
        loop.order(() -> plan.serverCertificateLife = life);
    }

    /** Lets nothing pass on open and new connections to the edge hub, without closing them. */
    public void silence(boolean on) {
        loop.order(() -> ports.freeze(on));
    }

    /** Closes the workload API, on its port and on its socket, or opens it again. */
    public void workloadDown(boolean on) {
        loop.<Object>finish("the workload API", () -> workload(on));
    }

    /** Closes every port and the socket, or opens all of them again where they were. */
    public void stopListening(boolean on) {
        loop.<Object>finish("all ports", () -> (on ? ports.shutAll() : ports.openAll()).mapEmpty());
    }

    /** Does what a twin request asks but sends no answer. */
    public void loseTwinAnswers(int count) {
        loop.order(() -> plan.twinAnswersToLose = count);
    }

    /** Acknowledges the next subscriptions twice: a surprise that ends some clients for good. */
    public void secondSubacks(int count) {
        loop.order(() -> plan.secondSubacks = count);
    }

    /** Does not see the next PUBACKs of any module: with the edge hub's queue nothing later counts either. */
    public void loseAcknowledgements(int count) {
        loop.order(() -> plan.acknowledgementsToLose = count);
    }

    /** Delivers the next acknowledged inputs once more. */
    public void repeatInputs(int count) {
        loop.order(() -> plan.inputsToRepeat = count);
    }

    /** Ignores what modules answer to methods, so that callers get 504. */
    public void muteMethods(boolean on) {
        loop.order(() -> plan.muteMethods = on);
    }

    /** Sends an input with an empty content type, which ends the connection of the Java SDK 2.5.0. */
    public Input sendPoison(LocalModule module, String input) {
        return loop.ask(() -> module.peer().sendRawInput(input, new byte[] {'{', '}'}, "%24.cdid=poison&%24.ct="));
    }

    /** Forgets the inputs that wait for a module, as the edge hub does when their time to live is over. */
    public void expireInputs(LocalModule module) {
        loop.order(() -> module.peer().expireInputs());
    }

    /** Everything works again. */
    public void heal() {
        loop.<Object>finish("all ports", this::healed);
    }

    void startRefusing(boolean on) {
        edgeHub(on);
    }

    void startWorkloadDown(boolean on) {
        workload(on);
    }

    void startHealing() {
        healed();
    }

    private Future<Object> edgeHub(boolean refuse) {
        return (refuse ? ports.shutEdgeHub() : ports.openEdgeHub()).mapEmpty();
    }

    private Future<Object> workload(boolean down) {
        return (down ? ports.shutWorkload() : ports.openWorkload()).mapEmpty();
    }

    private Future<Object> healed() {
        plan.none();
        ports.freeze(false);
        return ports.openAll().mapEmpty();
    }

    private static void forget(Peer peer) {
        peer.session().forget();
        peer.drop("its session is forgotten, as asked");
    }
}
