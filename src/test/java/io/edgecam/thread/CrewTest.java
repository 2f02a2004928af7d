package io.edgecam.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CrewTest {
    @Test
    void whatHadNoTurnYetIsForgottenAndToldOfWhenTheCrewIsClosed() throws Exception {
        Crew crew = new Crew("crew", 1, 1);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        crew.take(() -> {
            running.countDown();
            never.await();
            return 0;
        });
        running.await();
        Future<Integer> waiting = crew.take(() -> 0, told::countDown).orElseThrow();
        assertThat(crew.take(() -> 0)).isEmpty();
        assertThat(crew.isClosed()).isFalse();

        crew.close();

        told.await();
        assertThat(waiting.isCancelled()).isTrue();
        assertThat(crew.take(() -> 0)).isEmpty();
        assertThat(crew.isClosed()).isTrue();
    }

    @Test
    void whatRunsIsGivenAMomentToEndByItself() throws Exception {
        Crew crew = new Crew("crew", 1, 1);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        Future<Boolean> job = crew.take(() -> {
                    running.countDown();
                    closing.await();
                    return Thread.currentThread().isInterrupted();
                })
                .orElseThrow();
        running.await();
        Worker closer = Worker.start("closer", crew::close);
        while (!crew.isClosed()) {
            Thread.onSpinWait();
        }
        closing.countDown();

        assertThat(job.get()).isFalse();
        closer.close();
    }
}
