package dev.daveloper.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SignalsTest {
    @Test
    void the_first_signal_is_a_request_and_the_second_an_order() throws InterruptedException {
        AtomicInteger orders = new AtomicInteger();
        Signals signals = new Signals(orders::incrementAndGet);

        signals.stop();
        signals.await();
        assertThat(orders).hasValue(0);

        signals.stop();
        assertThat(orders).hasValue(1);
    }
}
