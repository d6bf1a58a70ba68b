package dev.diptych.core.automation;

import dev.diptych.core.automation.AutomationWorker.Pace;
import dev.diptych.core.automation.TodoList.Open;
import dev.diptych.core.command.CommandBus;
import dev.diptych.core.eventstore.EventStore;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Sends the command of an item as a worker does, but when a test says, and without the lease and the barrier. */
public final class Sending {

    private static final Logger LOG = Logger.getLogger(ItemSender.class.getName());

    private Sending() {}

    /** Sends the command of an item, from a reading of its list that may be old. */
    public static <W> void send(
            Automation<?, W> automation, Item<W> item, Open<W> seen, CommandBus commands, EventStore store) {
        Pace pace = Pace.DEFAULT;
        var sender =
                new ItemSender<>(automation, commands, store, json -> Map.of(), new InProgress(pace), pace.attempts());
        LOG.setLevel(Level.OFF); // an item of an old reading is often parked
        try {
            sender.send(item, seen);
        } finally {
            LOG.setLevel(null);
        }
    }
}
