package dev.diptych.core.automation.events;

import java.time.Instant;

/**
 * The events about the items of automations, in a stream for each item: {@code automation-<name>/<key>}. They are about
 * the item that became what it is at {@link #opened}, and no longer matter when it has changed since.
 */
public sealed interface AutomationEvent {

    /** The category of the streams. */
    String CATEGORY = "automation";

    /** The name of the automation. */
    String automation();

    /** The key of the item. */
    String key();

    /** The position of the event by which the item became what it is. */
    long opened();

    /**
     * No command is sent for the item any more.
     *
     * @param reason why its command was not accepted, or had no effect
     */
    record ItemParked(String automation, String key, long opened, String reason, Instant parkedAt)
            implements AutomationEvent {}

    /** A parked item was opened again, and its command is sent under another command id. */
    record ItemRetried(String automation, String key, long opened, Instant retriedAt) implements AutomationEvent {}

    /** A parked item was removed from the list. */
    record ItemDismissed(String automation, String key, long opened, Instant dismissedAt) implements AutomationEvent {}
}
