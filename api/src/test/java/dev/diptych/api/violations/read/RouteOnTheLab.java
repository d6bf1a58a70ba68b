package dev.diptych.api.violations.read;

import dev.diptych.api.lab.LabReadModel;

/** Planted violation: a read route that depends on the lab. */
final class RouteOnTheLab {
    LabReadModel model;
}
