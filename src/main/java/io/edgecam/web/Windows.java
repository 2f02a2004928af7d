package io.edgecam.web;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.edgecam.camera.Cameras;
import io.edgecam.contract.Answer;
import io.edgecam.imaging.Darkroom;
import io.edgecam.metrics.WebFigures;
import io.edgecam.picture.Jpeg;
import io.edgecam.settings.LookSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * What the web door looks through and whom it asks; each is asked by several threads at once.
 *
 * @param looks the look in force, by camera
 * @param takePicture takes the request of the method of that name, and blocks until the answer
 * @param status body of {@code /api/status}
 * @param settings body of {@code /api/settings}
 * @param recentPictures at most so many of the last pictures, newest first
 * @param image a picture by its id, while it is here; may wait for a disk
 * @param figures counts what is done here
 * @param notReady why the module has not begun its work; empty = it has
 * @param unhealthy why the module should be restarted; empty = it should not
 */
public record Windows(
        Cameras cameras,
        Supplier<Map<String, LookSettings>> looks,
        Darkroom darkroom,
        Function<JsonObject, Answer> takePicture,
        Supplier<JsonObject> status,
        Supplier<JsonObject> settings,
        IntFunction<JsonArray> recentPictures,
        Function<String, Optional<Jpeg>> image,
        RecentEvents events,
        WebFigures figures,
        Supplier<List<String>> notReady,
        Supplier<List<String>> unhealthy) {}
