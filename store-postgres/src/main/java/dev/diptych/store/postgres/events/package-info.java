/** The event store: appends, reads and command ids. Generic: it knows no context. */
@NullMarked
package dev.diptych.store.postgres.events;

import org.jspecify.annotations.NullMarked;
