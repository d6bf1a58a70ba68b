package dev.diptych.core.violations.orders.write;

import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Planted: decisions that use random numbers. */
final class CommandWithRandomNumbers {
    String id() {
        return UUID.randomUUID().toString();
    }

    Supplier<UUID> idByReference() {
        return UUID::randomUUID;
    }

    double share() {
        return Math.random();
    }

    int roll() {
        return new Random().nextInt(6) + ThreadLocalRandom.current().nextInt(6);
    }
}
