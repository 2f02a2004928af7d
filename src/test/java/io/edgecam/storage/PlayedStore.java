package io.edgecam.storage;

import io.edgecam.picture.Jpeg;
import io.edgecam.picture.Picture;
import io.edgecam.storage.StoreException.Remedy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** A store in memory that a test makes fail, wait and work again. */
final class PlayedStore implements PictureStore {
    final List<String> stored = new CopyOnWriteArrayList<>();
    final Map<String, Jpeg> latest = new ConcurrentHashMap<>();
    final Semaphore tries = new Semaphore(0);
    final CountDownLatch closed = new CountDownLatch(1);
    volatile Optional<StoreException> failure = Optional.empty();
    volatile Optional<StoreException> latestFailure = Optional.empty();
    volatile Optional<CountDownLatch> held = Optional.empty();
    volatile String refused = "";

    void fail(Remedy remedy, String code) {
        failure = Optional.of(new StoreException(remedy, code, "played " + code));
    }

    void work() {
        failure = Optional.empty();
    }

    @Override
    public Location locate(String blobName) {
        return new Location("shelf", "played:" + blobName);
    }

    @Override
    public void put(Picture picture, Jpeg image, boolean again) throws StoreException, InterruptedException {
        tries.release();
        if (held.isPresent()) {
            held.get().await();
        }
        if (picture.id().equals(refused)) {
            throw new StoreException(Remedy.NONE, "Refused", "played refusal");
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
        stored.add(picture.id());
    }

    @Override
    public void replace(String blobName, Picture picture, Jpeg image) throws StoreException {
        if (latestFailure.isPresent()) {
            throw latestFailure.get();
        }
        latest.put(blobName, image);
    }

    @Override
    public String probe() {
        return "played";
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
