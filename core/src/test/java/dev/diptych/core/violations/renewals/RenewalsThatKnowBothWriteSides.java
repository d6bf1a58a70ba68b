package dev.diptych.core.violations.renewals;

import dev.diptych.core.orders.read.OrderStatus;
import dev.diptych.core.subscriptions.write.SubscriptionCommand;

/** Sends commands to the context whose events it reacts to, and reads a view. */
record RenewalsThatKnowBothWriteSides(SubscriptionCommand command, OrderStatus status) {}
