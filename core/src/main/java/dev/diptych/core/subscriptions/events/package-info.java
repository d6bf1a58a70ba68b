/** The events of subscriptions, with the old schema versions that are still stored. */
@NullMarked
package dev.diptych.core.subscriptions.events;

import org.jspecify.annotations.NullMarked;
