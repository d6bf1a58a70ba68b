/** Named background threads with an orderly shutdown, and exponential backoff. */
@NullMarked
package dev.diptych.core.background;

import org.jspecify.annotations.NullMarked;
