/** The view of one subscription: its row, projection, query and port. */
@NullMarked
package dev.diptych.core.subscriptions.read.summary;

import org.jspecify.annotations.NullMarked;
