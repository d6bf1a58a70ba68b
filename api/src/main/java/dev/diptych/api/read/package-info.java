/** The routes that answer questions: they know the query bus, and nothing that changes anything. */
@NullMarked
package dev.diptych.api.read;

import org.jspecify.annotations.NullMarked;
