package dev.diptych.core.laws;

import dev.diptych.core.command.Command;
import java.util.Random;

/** What can happen to a store and its read models. A batch has the events after the checkpoint of each read model. */
sealed interface Step {

    /** A command is sent. */
    record Send(Command command) implements Step {}

    /** An item of a to-do list is parked, retried or dismissed. */
    record Attend(int item, int how) implements Step {}

    /** A node applies a batch. */
    record Apply(int node, int limit) implements Step {}

    /** A node applies its last batch again. */
    record Repeat(int node) implements Step {}

    /** Both nodes have read the same batch, and apply it. */
    record HandOver(int limit) implements Step {}

    /** A node is interrupted while it applies a batch. */
    record Interrupt(int node, int limit) implements Step {}

    /** The history changes between the reading and the applying of a batch. */
    record ChangeHistory(int node, int limit) implements Step {}

    /** A rebuild starts. */
    record StartRebuild() implements Step {}

    /** A node applies a batch to the copies, and makes them serve if they have caught up. */
    record Rebuild(int node, int limit) implements Step {}

    /** The rebuild is cancelled. */
    record CancelRebuild() implements Step {}

    /** A node reads the to-do lists. */
    record Look(int node) implements Step {}

    /** A node sends the command of an item that it has read, perhaps long ago, and perhaps again. */
    record Work(int node, int item) implements Step {}

    /** Returns a random step. */
    static Step random(Random random) {
        int node = random.nextInt(2);
        int limit = 1 + random.nextInt(6);
        return switch (random.nextInt(28)) {
            case 0 -> new Repeat(node);
            case 1 -> new HandOver(limit);
            case 2 -> new Interrupt(node, limit);
            case 3 -> new ChangeHistory(node, limit);
            case 4 -> new StartRebuild();
            case 5, 6 -> new Rebuild(node, 2 * limit);
            case 7 -> random.nextBoolean() ? new CancelRebuild() : new Rebuild(node, 100);
            case 8 -> new Attend(random.nextInt(3), random.nextInt(4));
            case 9, 10, 11 -> new Apply(node, limit);
            case 12, 13 -> new Look(node);
            case 14, 15, 16 -> new Work(node, random.nextInt(4));
            default -> new Send(Shop.randomCommand(random));
        };
    }
}
