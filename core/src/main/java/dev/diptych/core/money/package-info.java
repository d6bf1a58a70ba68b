/** Exact decimal amounts, shared by every context. */
@NullMarked
package dev.diptych.core.money;

import org.jspecify.annotations.NullMarked;
