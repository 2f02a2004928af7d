package io.edgecam.check;

import java.util.List;

/** One question that is asked of the device; it ends by itself within seconds. */
@FunctionalInterface
public interface Check {
    List<Finding> look() throws InterruptedException;
}
