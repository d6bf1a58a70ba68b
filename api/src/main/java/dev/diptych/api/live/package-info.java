/** Event streams of a view: its current rows, then its changes, for any number of clients. */
@NullMarked
package dev.diptych.api.live;

import org.jspecify.annotations.NullMarked;
