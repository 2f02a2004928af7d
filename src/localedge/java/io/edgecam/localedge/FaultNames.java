package io.edgecam.localedge;

import java.util.List;

/** The faults by the names that they have over HTTP. Event loop only. */
final class FaultNames {
    static final List<String> NAMES = List.of(
            "drop",
            "forget-sessions",
            "refuse-connections",
            "refuse-sign-in",
            "close-handshakes",
            "silence",
            "workload-down",
            "lose-twin-answers",
            "second-subacks",
            "lose-acknowledgements",
            "repeat-inputs",
            "mute-methods",
            "poison",
            "expire-inputs",
            "heal");

    private final Faults faults;
    private final LocalEdge edge;

    FaultNames(LocalEdge edge) {
        this.edge = edge;
        this.faults = edge.faults();
    }

    /** @param value a count, true or false, or for {@code poison} and {@code expire-inputs} the module's id; whether there is such a fault */
    boolean apply(String name, String value) {
        switch (name) {
            case "drop" -> faults.dropConnections();
            case "forget-sessions" -> faults.forgetSessions();
            case "refuse-connections" -> faults.startRefusing(isOn(value));
            case "refuse-sign-in" -> faults.refuseSignIn(isOn(value));
            case "close-handshakes" -> faults.closeHandshakes(count(value));
            case "silence" -> faults.silence(isOn(value));
            case "workload-down" -> faults.startWorkloadDown(isOn(value));
            case "lose-twin-answers" -> faults.loseTwinAnswers(count(value));
            case "second-subacks" -> faults.secondSubacks(count(value));
            case "lose-acknowledgements" -> faults.loseAcknowledgements(count(value));
            case "repeat-inputs" -> faults.repeatInputs(count(value));
            case "mute-methods" -> faults.muteMethods(isOn(value));
            case "poison" -> faults.sendPoison(edge.module(value), "poison");
            case "expire-inputs" -> faults.expireInputs(edge.module(value));
            case "heal" -> faults.startHealing();
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean isOn(String value) {
        return value.equals("true") || value.equals("1");
    }

    private static int count(String value) {
        return value.matches("[0-9]{1,6}") ? Integer.parseInt(value) : 1;
    }
}
