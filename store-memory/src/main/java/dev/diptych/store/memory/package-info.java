/**
 * The store ports in memory, on {@code java.util.concurrent}. Nothing to install; the data is lost when the process
 * ends.
 */
@NullMarked
package dev.diptych.store.memory;

import org.jspecify.annotations.NullMarked;
