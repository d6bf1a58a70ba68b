/** Where commands and queries enter: two buses that share nothing, and what is said to and by them. */
@NullMarked
package dev.diptych.core.bus;

import org.jspecify.annotations.NullMarked;
