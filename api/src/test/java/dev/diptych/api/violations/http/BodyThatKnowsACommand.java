package dev.diptych.api.violations.http;

import dev.diptych.core.bus.CommandBus;

/** Planted: what both sides share, and yet knows the write side. */
final class BodyThatKnowsACommand {
    CommandBus commands;
}
