/** The commands of subscriptions, and the aggregate that decides on them. */
@NullMarked
package dev.diptych.core.subscriptions.write;

import org.jspecify.annotations.NullMarked;
