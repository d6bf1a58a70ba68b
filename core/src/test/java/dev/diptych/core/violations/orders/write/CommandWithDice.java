package dev.diptych.core.violations.orders.write;

import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Planted: decisions that throw dice. */
final class CommandWithDice {
    String id() {
        return UUID.randomUUID().toString();
    }

    Supplier<UUID> idByReference() {
        return UUID::randomUUID;
    }

    double share() {
        return Math.random();
    }

    int throwOnce() {
        return new Random().nextInt(6) + ThreadLocalRandom.current().nextInt(6);
    }
}
