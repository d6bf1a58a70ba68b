package dev.diptych.api.violations.lab;

import dev.diptych.core.command.CommandBus;

/** Planted violation: a lab route that sends commands. */
final class LabThatSendsCommands {
    CommandBus commands;
}
