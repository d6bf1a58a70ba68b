package dev.diptych.api.violations.read;

import dev.diptych.api.lab.SlowedReadModel;

/** Planted: a read route that knows the lab. */
final class RouteOnTheLab {
    SlowedReadModel model;
}
