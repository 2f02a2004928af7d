package io.edgecam.contract;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.edgecam.picture.Trigger;
import io.edgecam.taking.Order;
import io.edgecam.taking.PictureTaker;
import java.time.InstantSource;

/** The takePicture of every door: a request in JSON in, an answer in JSON out. For any number of threads. */
public final class TakePicture {
    private final PictureTaker taker;
    private final InstantSource clock;

    public TakePicture(PictureTaker taker, InstantSource clock) {
        this.taker = taker;
        this.clock = clock;
    }

    /** Reads a request; carrying it out is a second step, for another thread perhaps. */
    public OrderReading read(JsonElement request, Trigger trigger) {
        return OrderReading.of(request, trigger, clock.instant());
    }

    /** Carries out an order; takes as long as its time-out at the most, and a little for the disk. */
    public Answer carryOut(Order order) {
        return Answers.of(taker.take(order));
    }

    /** Both steps in one. */
    public Answer answer(JsonObject request, Trigger trigger) {
        OrderReading reading = read(request, trigger);
        return reading.order().isPresent() ? carryOut(reading.order().get()) : Answers.badRequest(reading.problems());
    }
}
