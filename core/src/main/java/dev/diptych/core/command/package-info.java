/** Commands, the bus that dispatches each to its handler, and decorators for logging, tracing and retries. */
@NullMarked
package dev.diptych.core.command;

import org.jspecify.annotations.NullMarked;
