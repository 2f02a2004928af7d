package io.edgecam.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.edgecam.json.Json;
import io.edgecam.json.JsonException;
import io.edgecam.json.Problem;
import java.util.List;
import java.util.Map;

/** Reads desired documents for tests. */
final class Desired {
    static final String COMPLETE = """
            {
              "storage": {
                "connectionString": "DefaultEndpointsProtocol=https;AccountName=pictures;AccountKey=c2VjcmV0;EndpointSuffix=core.windows.net",
                "container": "webcam", "createContainer": true, "apiVersion": "2019-07-07", "uploadTimeoutSeconds": 30
              },
              "cameras": {
                "front": {
                  "source": "http://192.168.1.20/mjpeg", "username": "admin", "password": "hunter2",
                  "width": 1280, "height": 720, "framerate": 15,
                  "warmUpSeconds": 1, "readTimeoutSeconds": 5, "idleCloseSeconds": 0,
                  "rotate": 90, "flip": "horizontal",
                  "roi": [0.1, 0, 0.9, 1], "privacyMasks": [[[0.1, 0.1], [0.3, 0.1], [0.3, 0.4]]],
                  "quality": 85,
                  "stamp": {"place": "overlay", "text": "%d.%m.%Y", "title": "Gate", "timezone": "Europe/Berlin", "heightPixels": 40},
                  "exif": true,
                  "name": "{camera}/%Y/%m/%d/%Y%m%dT%H%M%S.%LZ-{trigger}.jpg",
                  "latest": "",
                  "schedule": {"intervalSeconds": 60, "offsetSeconds": 5, "days": "mon-fri", "from": "06:30", "until": "24:00", "timezone": "UTC"},
                  "motion": {"enabled": false, "thresholdPercent": 0.5, "noiseLevel": 32, "minimumMotionFrames": 2, "eventGapSeconds": 60,
                             "lightSwitchPercent": 80, "preCapture": 0, "postCapture": 0, "pictureOutput": "best", "framerate": 5, "masks": []},
                  "ringSeconds": 0, "ringMaxMB": 16
                }
              },
              "spool": {"folder": "/spool", "maxSizeMB": 256, "minFreePercent": 5, "whenFull": "rejectNew", "uploadOrder": "newestFirst"},
              "web": {"enabled": true, "port": 1337, "token": "0123456789abcdef", "anonymous": false, "allowedHosts": ["cam.local", "10.0.0.4"],
                      "maxViewers": 32, "streamFramerate": 10},
              "metrics": {"enabled": true, "port": 9600},
              "telemetry": {"heartbeatSeconds": 60}
            }
            """;

    private Desired() {}

    static JsonObject object(String json) {
        try {
            return Json.parseObject(json);
        } catch (JsonException e) {
            throw new AssertionError(json, e);
        }
    }

    /** A document with one value at a path of the catalogue; a camera is called {@code front}. */
    static JsonObject with(String path, String json) {
        JsonElement value = object("{\"value\": " + json + "}").get("value");
        String[] keys = path.replace("*", "front").split("\\.", -1);
        for (int i = keys.length - 1; i >= 0; i--) {
            JsonObject outer = new JsonObject();
            outer.add(keys[i], value);
            value = outer;
        }
        return value.getAsJsonObject();
    }

    static Parsed.Valid valid(String json, Map<String, String> environment) {
        Parsed parsed = Settings.read(object(json), environment);
        assertThat(parsed).isInstanceOf(Parsed.Valid.class);
        return (Parsed.Valid) parsed;
    }

    static Parsed.Valid valid(String json) {
        return valid(json, Map.of());
    }

    static List<Problem> problems(String json, Map<String, String> environment) {
        return problems(object(json), environment);
    }

    static List<Problem> problems(JsonObject desired, Map<String, String> environment) {
        return Settings.read(desired, environment) instanceof Parsed.Invalid invalid ? invalid.problems() : List.of();
    }

    static List<Problem> problems(String json) {
        return problems(json, Map.of());
    }

    static CameraSettings camera(String json) {
        return valid("{\"cameras\": {\"front\": " + json + "}}").settings().cameras().values().stream()
                .findFirst()
                .orElseThrow();
    }
}
