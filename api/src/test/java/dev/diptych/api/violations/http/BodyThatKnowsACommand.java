package dev.diptych.api.violations.http;

import dev.diptych.core.command.CommandBus;

/** Planted violation: a shared class that depends on the write side. */
final class BodyThatKnowsACommand {
    CommandBus commands;
}
