package dev.diptych.core.violations.orders.read;

import dev.diptych.core.automation.AutomationWorker;

/** Planted: a view that sends commands by an automation. */
record ViewThatSendsCommands(AutomationWorker<?> worker) {}
