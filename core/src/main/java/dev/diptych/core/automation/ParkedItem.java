package dev.diptych.core.automation;

import dev.diptych.core.aggregate.Aggregate;
import dev.diptych.core.automation.events.AutomationEvent;
import dev.diptych.core.automation.events.AutomationEvent.ItemDismissed;
import dev.diptych.core.automation.events.AutomationEvent.ItemParked;
import dev.diptych.core.automation.events.AutomationEvent.ItemRetried;
import java.time.Instant;

/**
 * The rules of an item that was parked: it is retried or dismissed once, and may be parked again after a retry, or when
 * an event has made another item of it. Repeating a command whose effect holds does nothing.
 */
public final class ParkedItem extends Aggregate<ParkedItem.State, AutomationEvent> {

    /** An item without events; its id is the automation's name and its key. */
    public ParkedItem(String id) {
        super(id, AutomationEvent.class, State.NEVER_PARKED, ParkedItem::evolve);
    }

    enum Status {
        NEVER_PARKED,
        PARKED,
        RETRIED,
        DISMISSED
    }

    record State(Status status, String automation, String key, long opened) {
        static final State NEVER_PARKED = new State(Status.NEVER_PARKED, "", "", 0);
    }

    static State evolve(State state, AutomationEvent event) {
        Status status = switch (event) {
            case ItemParked e -> Status.PARKED;
            case ItemRetried e -> Status.RETRIED;
            case ItemDismissed e -> Status.DISMISSED;
        };
        return new State(status, event.automation(), event.key(), event.opened());
    }

    void park(String automation, String key, long opened, String reason, Instant at) {
        State state = state();
        boolean before = state.status() != Status.NEVER_PARKED && state.opened() == opened;
        if (!before) {
            raise(new ItemParked(automation, key, opened, reason, at));
        }
    }

    void retry(Instant at) {
        State state = state();
        switch (state.status()) {
            case PARKED -> raise(new ItemRetried(state.automation(), state.key(), state.opened(), at));
            case RETRIED -> {}
            case NEVER_PARKED, DISMISSED -> rejectAsNotFound();
        }
    }

    void dismiss(Instant at) {
        State state = state();
        switch (state.status()) {
            case PARKED -> raise(new ItemDismissed(state.automation(), state.key(), state.opened(), at));
            case DISMISSED -> {}
            case NEVER_PARKED, RETRIED -> rejectAsNotFound();
        }
    }
}
