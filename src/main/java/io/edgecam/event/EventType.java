package io.edgecam.event;

/** The kinds of event, each with the output it leaves through and its word in the contract. */
public enum EventType {
    PICTURE_STORED("pictureStored", Output.PICTURES),
    PICTURE_DROPPED("pictureDropped", Output.PICTURES),
    PICTURE_FAILED("pictureFailed", Output.PICTURES),
    CAMERA_LOST("cameraLost", Output.ALERTS),
    CAMERA_FOUND("cameraFound", Output.ALERTS),
    STORAGE_BLOCKED("storageBlocked", Output.ALERTS),
    STORAGE_RESTORED("storageRestored", Output.ALERTS),
    SPOOL_FULL("spoolFull", Output.ALERTS),
    SETTINGS_REFUSED("settingsRefused", Output.ALERTS),
    MESSAGE_REFUSED("messageRefused", Output.ALERTS),
    HEARTBEAT("heartbeat", Output.STATUS);

    private final String word;
    private final Output output;

    EventType(String word, Output output) {
        this.word = word;
        this.output = output;
    }

    public String word() {
        return word;
    }

    public Output output() {
        return output;
    }

    /** The module's outputs, named for routes. */
    public enum Output {
        PICTURES("pictures"),
        ALERTS("alerts"),
        STATUS("status");

        private final String word;

        Output(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
