/** The composition root of the HTTP API: both sides are put together here, on whatever store is given. */
@NullMarked
package dev.diptych.api;

import org.jspecify.annotations.NullMarked;
