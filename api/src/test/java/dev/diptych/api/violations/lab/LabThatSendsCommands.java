package dev.diptych.api.violations.lab;

import dev.diptych.core.command.CommandBus;

/** Planted: a lab that can change something. */
final class LabThatSendsCommands {
    CommandBus commands;
}
