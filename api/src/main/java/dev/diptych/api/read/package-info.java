/** The routes for queries. They use the query bus, and nothing of the write side. */
@NullMarked
package dev.diptych.api.read;

import org.jspecify.annotations.NullMarked;
