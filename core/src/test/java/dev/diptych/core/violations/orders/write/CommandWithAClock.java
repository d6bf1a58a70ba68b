package dev.diptych.core.violations.orders.write;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.function.Supplier;

/** Planted: decisions that use a clock. */
final class CommandWithAClock {
    Instant at() {
        return Instant.now();
    }

    LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    Supplier<Instant> byReference() {
        return Instant::now;
    }

    long ticks() {
        return System.nanoTime() + System.currentTimeMillis();
    }

    Instant ofTheSystem() {
        return Clock.systemUTC().instant();
    }

    @SuppressWarnings("JavaUtilDate") // planted
    Date asDate() {
        return new Date();
    }
}
