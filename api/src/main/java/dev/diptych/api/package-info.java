/** The HTTP API: everything is put together here, and nowhere else. */
@NullMarked
package dev.diptych.api;

import org.jspecify.annotations.NullMarked;
