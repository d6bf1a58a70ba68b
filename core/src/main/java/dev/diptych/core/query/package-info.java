/** Queries, the bus that dispatches them, and waiting until a projection has reached a position. */
@NullMarked
package dev.diptych.core.query;

import org.jspecify.annotations.NullMarked;
