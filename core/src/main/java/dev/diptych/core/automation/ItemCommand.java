package dev.diptych.core.automation;

import dev.diptych.core.aggregate.Repository;
import dev.diptych.core.automation.events.AutomationEvent;
import dev.diptych.core.command.Command;
import dev.diptych.core.command.DirectCommandBus;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.EventStore;
import java.time.Instant;

/** The commands about items that an automation cannot do, each with the behaviour of {@link ParkedItem}. */
public sealed interface ItemCommand extends Command {

    /** The maximum length of a reason, in UTF-16 code units. */
    int MAX_REASON = 1_000;

    /** The name of the automation. */
    String automation();

    /** The key of the item. */
    String key();

    /** Registers the handler. */
    static void register(DirectCommandBus.Builder bus, EventStore store, EventCodec codec) {
        var items = new Repository<>(AutomationEvent.CATEGORY, ParkedItem::new, store, codec);
        bus.register(
                ItemCommand.class,
                (command, context) -> items.update(
                        command.automation() + "/" + command.key(), context, item -> decide(item, command)));
    }

    /** Calls the behaviour that decides on a command. */
    static void decide(ParkedItem item, ItemCommand command) {
        switch (command) {
            case ParkItem c -> item.park(c.automation(), c.key(), c.opened(), c.reason(), c.parkedAt());
            case RetryItem c -> item.retry(c.retriedAt());
            case DismissItem c -> item.dismiss(c.dismissedAt());
        }
    }

    /**
     * Parks an item: no command is sent for it until it is retried, or an event changes it.
     *
     * @param opened the position of the event by which the item became what it is
     * @param reason the reason, of which the first {@value #MAX_REASON} characters are kept
     */
    record ParkItem(String automation, String key, long opened, String reason, Instant parkedAt)
            implements ItemCommand {

        /** Shortens the reason, and replaces characters that no store can keep. */
        public ParkItem {
            reason = reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON - 3) + "...";
            reason = reason.replaceAll("[\\x00\\p{Cs}]", "?");
        }
    }

    /** Opens a parked item again. */
    record RetryItem(String automation, String key, Instant retriedAt) implements ItemCommand {}

    /** Removes a parked item from the list. */
    record DismissItem(String automation, String key, Instant dismissedAt) implements ItemCommand {}
}
