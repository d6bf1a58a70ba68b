package dev.diptych.core.customers.read;

import dev.diptych.core.money.Money;

/**
 * What a customer has going on: a row of the read model behind {@link ListActiveCustomers}. It stays when nothing is
 * going on any more, since the customer may come back, and the lifetime value has to be right then; only the list
 * passes over it.
 *
 * <p>It carries no version, since it is made of many streams.
 *
 * @param openOrders how many orders are placed or paid, and neither shipped nor cancelled
 * @param runningSubscriptions how many subscriptions are not cancelled
 * @param lifetimeValue the total of all orders that were not cancelled
 * @param position the position of the last event that this row reflects
 */
public record ActiveCustomer(
        String customerId, int openOrders, int runningSubscriptions, Money lifetimeValue, long position) {

    /** A customer of whom nothing is known yet. */
    static ActiveCustomer unknown(String customerId) {
        return new ActiveCustomer(customerId, 0, 0, Money.ZERO, 0);
    }

    /** Whether the list shows the customer. */
    public boolean isActive() {
        return openOrders > 0 || runningSubscriptions > 0;
    }

    ActiveCustomer orders(int more, Money value, long newPosition) {
        return new ActiveCustomer(
                customerId, openOrders + more, runningSubscriptions, lifetimeValue.plus(value), newPosition);
    }

    ActiveCustomer subscriptions(int more, long newPosition) {
        return new ActiveCustomer(customerId, openOrders, runningSubscriptions + more, lifetimeValue, newPosition);
    }
}
