package dev.diptych.api.violations.http;

import dev.diptych.core.command.CommandBus;

/** Planted: what both sides share, and yet knows the write side. */
final class BodyThatKnowsACommand {
    CommandBus commands;
}
