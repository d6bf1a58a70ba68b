/** The composition root of the HTTP API, which connects both sides to a store. */
@NullMarked
package dev.diptych.api;

import org.jspecify.annotations.NullMarked;
