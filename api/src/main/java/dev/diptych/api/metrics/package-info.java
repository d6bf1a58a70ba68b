/** What is counted and timed, and how Prometheus reads it: the only package that knows Micrometer. */
@NullMarked
package dev.diptych.api.metrics;

import org.jspecify.annotations.NullMarked;
