/** The ports on plain {@code java.util.concurrent}: nothing to install, nothing kept after the process ends. */
@NullMarked
package dev.diptych.store.memory;

import org.jspecify.annotations.NullMarked;
