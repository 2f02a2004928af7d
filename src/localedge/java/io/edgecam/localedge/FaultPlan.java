package io.edgecam.localedge;

import java.time.Duration;

/** What is to go wrong next; plain switches and countdowns. Event loop only. */
final class FaultPlan {
    private static final Duration USUAL_LIFE = Duration.ofDays(90);

    boolean refuseSignIn;
    boolean muteMethods;
    int handshakesToClose;
    int twinAnswersToLose;
    int secondSubacks;
    int acknowledgementsToLose;
    int inputsToRepeat;
    Duration serverCertificateLife = USUAL_LIFE;

    boolean closeHandshake() {
        return handshakesToClose > 0 && handshakesToClose-- > 0;
    }

    boolean loseTwinAnswer() {
        return twinAnswersToLose > 0 && twinAnswersToLose-- > 0;
    }

    boolean secondSuback() {
        return secondSubacks > 0 && secondSubacks-- > 0;
    }

    boolean loseAcknowledgement() {
        return acknowledgementsToLose > 0 && acknowledgementsToLose-- > 0;
    }

    boolean repeatInput() {
        return inputsToRepeat > 0 && inputsToRepeat-- > 0;
    }

    void none() {
        refuseSignIn = false;
        muteMethods = false;
        handshakesToClose = 0;
        twinAnswersToLose = 0;
        secondSubacks = 0;
        acknowledgementsToLose = 0;
        inputsToRepeat = 0;
        serverCertificateLife = USUAL_LIFE;
    }
}
