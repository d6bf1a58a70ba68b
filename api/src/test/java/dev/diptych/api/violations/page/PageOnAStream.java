package dev.diptych.api.violations.page;

import dev.diptych.core.eventstore.EventStore;

/** Planted: a page that reads streams by itself. */
final class PageOnAStream {
    EventStore events;
}
