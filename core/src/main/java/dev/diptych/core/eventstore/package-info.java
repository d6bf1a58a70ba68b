/** The event store port: append with an expected version, read one stream, read all events in order. */
@NullMarked
package dev.diptych.core.eventstore;

import org.jspecify.annotations.NullMarked;
