/** The routes that change something: they know the command bus, and nothing that answers queries. */
@NullMarked
package dev.diptych.api.write;

import org.jspecify.annotations.NullMarked;
