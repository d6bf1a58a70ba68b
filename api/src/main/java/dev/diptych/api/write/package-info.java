/** The routes for commands. They use the command bus, and nothing of the read side. */
@NullMarked
package dev.diptych.api.write;

import org.jspecify.annotations.NullMarked;
