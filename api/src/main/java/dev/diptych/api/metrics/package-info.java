/** The metrics of a node, in the Prometheus text format. Only this package depends on Micrometer. */
@NullMarked
package dev.diptych.api.metrics;

import org.jspecify.annotations.NullMarked;
