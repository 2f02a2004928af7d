package io.edgecam;

import io.edgecam.hub.Control;
import io.edgecam.hub.HubLink;
import io.edgecam.hub.LinkStatus;
import io.edgecam.thread.Worker;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the module has begun its work: the first desired document was read. Once ready, it stays so. */
final class Readiness implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Readiness.class);

    private final HubLink link;
    private final Worker worker;
    private volatile boolean ready;

    /** @param then what is better done before the first order comes than while it waits */
    Readiness(Control control, HubLink link, Runnable then) {
        this.link = link;
        this.worker = Worker.start("readiness", () -> {
            control.awaitFirstWish();
            ready = true;
            log.info("ready");
            then.run();
        });
    }

    /** Why it is not ready; empty when it is. */
    List<String> reasons() {
        if (ready) {
            return List.of();
        }
        LinkStatus status = link.status();
        return List.of(
                status.connected()
                        ? "the desired properties have not come yet"
                        : "no connection to the hub yet: " + status.error());
    }

    @Override
    public void close() {
        worker.close();
    }
}
