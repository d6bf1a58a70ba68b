package dev.diptych.core.violations.eventstore;

import java.nio.file.Path;

/** Planted: I/O in core. */
final class PortThatReadsFiles {
    Path file;
}
