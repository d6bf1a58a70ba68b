package dev.diptych.api.violations.addresses;

import dev.diptych.core.command.CommandBus;
import dev.diptych.core.query.QueryBus;

/** Planted: a route of a plain table that sends a command and a query. */
final class AddressOfAnAggregate {
    CommandBus commands;
    QueryBus queries;
}
