package dev.diptych.core.violations.addresses;

import dev.diptych.core.command.Command;

/** Planted: a row that is sent to an aggregate. */
record AddressThatIsACommand(String city) implements Command {}
