package dev.diptych.core.customers.read.active;

import dev.diptych.core.money.Money;

/**
 * The activity of one customer: a row of the read model behind {@link ListActiveCustomers}. The row of an inactive
 * customer is kept, because its lifetime value counts when the customer returns; the list omits it. The row has no
 * version, because it is made of many streams.
 *
 * @param openOrders the number of orders that are placed or paid, and neither shipped nor cancelled
 * @param runningSubscriptions the number of subscriptions that are not cancelled
 * @param lifetimeValue the total of all orders that are not cancelled
 * @param position the position of the last event that this row reflects
 */
public record ActiveCustomer(
        String customerId, int openOrders, int runningSubscriptions, Money lifetimeValue, long position) {

    /** Returns the row of a customer without events. */
    static ActiveCustomer unknown(String customerId) {
        return new ActiveCustomer(customerId, 0, 0, Money.ZERO, 0);
    }

    /** Whether the customer has an open order or a running subscription. */
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
