/** Generic packages for CQRS with event sourcing, and the bounded contexts that use them. */
@NullMarked
package dev.diptych.core;

import org.jspecify.annotations.NullMarked;
