/** The read side's frame: a projection folds published events into rows, and a runner keeps it up to date. */
@NullMarked
package dev.diptych.core.projection;

import org.jspecify.annotations.NullMarked;
