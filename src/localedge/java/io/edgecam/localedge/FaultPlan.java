package io.edgecam.localedge;

/** What is to go wrong next; plain switches and countdowns. Event loop only. */
final class FaultPlan {
    boolean refuseSignIn;
    boolean muteMethods;
    int handshakesToClose;
    int twinAnswersToLose;
    int secondSubacks;
    int acknowledgementsToLose;
    int inputsToRepeat;

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
    }
}
