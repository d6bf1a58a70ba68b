package dev.diptych.core.violations.projection;

import java.util.logging.Logger;

/** Planted: a logging framework in core, here that of the JDK. */
final class ProjectionThatLogsElsewhere {
    Logger log;
}
