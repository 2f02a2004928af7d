package io.edgecam.event;

import io.edgecam.picture.Picture;
import io.edgecam.picture.Trigger;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that happened.
 *
 * @param id unique; a repeated delivery carries the same
 * @param time when it happened, which may be long before it is sent
 * @param camera the camera it is about, if one
 * @param trigger what ordered the picture it is about, if one
 * @param correlation id of the picture or request it belongs to, if one
 * @param picture the picture it is about, if one is kept
 * @param details further values by name: text, numbers, booleans, lists and maps of these
 */
public record Event(
        String id,
        EventType type,
        Instant time,
        Optional<String> camera,
        Optional<Trigger> trigger,
        Optional<String> correlation,
        Optional<Picture> picture,
        Map<String, Object> details) {
    public Event {
        details = Map.copyOf(details);
    }

    /** Something about the module as a whole. */
    public static Event of(EventType type, Instant time, Map<String, Object> details) {
        return new Event(
                newId(), type, time, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), details);
    }

    /** Something about a camera. */
    public static Event ofCamera(EventType type, Instant time, String camera, Map<String, Object> details) {
        return new Event(
                newId(),
                type,
                time,
                Optional.of(camera),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                details);
    }

    /** Something about a picture that was ordered and is not there. */
    public static Event ofOrder(
            EventType type, Instant time, String camera, Trigger trigger, Map<String, Object> details) {
        return new Event(
                newId(),
                type,
                time,
                Optional.of(camera),
                Optional.of(trigger),
                Optional.empty(),
                Optional.empty(),
                details);
    }

    /** What became of a picture that was kept: it happens once to each, so the event has the picture's own id. */
    public static Event ofPicture(EventType type, Instant time, Picture picture, Map<String, Object> details) {
        return new Event(
                picture.id(),
                type,
                time,
                Optional.of(picture.camera()),
                Optional.of(picture.trigger()),
                Optional.of(picture.id()),
                Optional.of(picture),
                details);
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }
}
