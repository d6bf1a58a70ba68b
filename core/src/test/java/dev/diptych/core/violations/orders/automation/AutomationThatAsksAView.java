package dev.diptych.core.violations.orders.automation;

import dev.diptych.core.aggregate.Repository;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.orders.read.list.OrderList;

/** Planted: an automation that asks a view, and one that changes an aggregate without a command. */
record AutomationThatAsksAView(OrderList list, Repository<?, ?> orders, EventStore store) {}
