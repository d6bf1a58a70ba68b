/** The write model's frame: an aggregate decides, and the repository is the only place where it meets the store. */
@NullMarked
package dev.diptych.core.aggregate;

import org.jspecify.annotations.NullMarked;
