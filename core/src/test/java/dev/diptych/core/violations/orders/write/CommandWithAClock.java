package dev.diptych.core.violations.orders.write;

import java.time.Instant;

/** Planted: a decision that asks a clock. */
final class CommandWithAClock {
    Instant at() {
        return Instant.now();
    }
}
