package dev.diptych.api.violations.operations;

import io.micrometer.core.instrument.Counter;

/** Planted: a route that counts past the list of metrics. */
class RouteWithAMeterOfItsOwn {
    Counter counter;
}
