package dev.diptych.core.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofMillis(700));

    @Test
    void pauses_double_up_to_the_maximum() {
        assertThat(Stream.generate(backoff::next).limit(6).map(Duration::toMillis))
                .containsExactly(100L, 200L, 400L, 700L, 700L, 700L);
    }

    @Test
    void a_reset_returns_to_the_first_pause() {
        backoff.next();
        backoff.next();
        backoff.reset();
        assertThat(Stream.generate(backoff::next).limit(2).map(Duration::toMillis))
                .containsExactly(100L, 200L);
    }
}
