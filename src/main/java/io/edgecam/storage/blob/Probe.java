package io.edgecam.storage.blob;

import com.azure.storage.blob.models.BlobRequestConditions;
import io.edgecam.storage.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Finds out what a credential may do by doing it with a small blob. For one thread. */
final class Probe {
    private static final byte[] CONTENT = "written by edgecam to test its storage".getBytes(StandardCharsets.US_ASCII);

    private final BlobDoor door;
    private final String name = "edgecam-probe-" + UUID.randomUUID() + ".txt";
    private final List<String> may = new ArrayList<>();
    private final List<String> mayNot = new ArrayList<>();

    Probe(BlobDoor door) {
        this.door = door;
    }

    /** @throws StoreException if not even writing works */
    String run() throws StoreException, InterruptedException {
        BlobRequestConditions onlyNew = new BlobRequestConditions().setIfNoneMatch("*");
        try {
            door.creating(() -> door.send(name, CONTENT, "text/plain", Map.of(), onlyNew));
        } catch (RuntimeException e) {
            throw door.failure(e, Act.CREATE);
        }
        may.add("create");
        BlobRequestConditions any = new BlobRequestConditions();
        attempt("overwrite (w)", () -> door.send(name, CONTENT, "text/plain", Map.of(), any));
        attempt("read (r)", () -> door.blob(name).getProperties());
        boolean deleted = attempt("delete (d)", () -> door.blob(name).delete());
        String sentence = door.access().where() + ": " + String.join(", ", may) + " allowed";
        if (!mayNot.isEmpty()) {
            sentence += "; " + String.join(", ", mayNot) + " not allowed, which pictures do not need";
        }
        if (mayNot.contains("overwrite (w)")) {
            sentence += ", but a blob of the newest picture (cameras.*.latest) does";
        }
        return sentence + (deleted ? "" : "; the probe " + name + " stays");
    }

    private boolean attempt(String right, Runnable act) throws StoreException, InterruptedException {
        try {
            act.run();
            may.add(right);
            return true;
        } catch (RuntimeException e) {
            StoreException failure = door.failure(e, Act.REPLACE);
            if (!failure.code().equals("RightMissing")) {
                throw failure;
            }
            mayNot.add(right);
            return false;
        }
    }
}
