/** Commands, the bus that dispatches each to its handler, and wrappers that retry and observe. */
@NullMarked
package dev.diptych.core.command;

import org.jspecify.annotations.NullMarked;
