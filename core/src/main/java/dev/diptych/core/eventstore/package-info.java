/** The port to a store of events: append with an expected version, read one stream, read everything in order. */
@NullMarked
package dev.diptych.core.eventstore;

import org.jspecify.annotations.NullMarked;
