/** The base of write models: an aggregate decides; the repository loads it and appends its events. */
@NullMarked
package dev.diptych.core.aggregate;

import org.jspecify.annotations.NullMarked;
