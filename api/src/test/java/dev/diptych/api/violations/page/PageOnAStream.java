package dev.diptych.api.violations.page;

import dev.diptych.core.eventstore.EventStore;

/** Planted violation: a page that reads streams. */
final class PageOnAStream {
    EventStore events;
}
