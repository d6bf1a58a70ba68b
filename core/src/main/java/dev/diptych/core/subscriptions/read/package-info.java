/** The views of subscriptions. */
@NullMarked
package dev.diptych.core.subscriptions.read;

import org.jspecify.annotations.NullMarked;
