package dev.diptych.core.orders.read;

/** Where an order stands, as its readers see it. */
public enum OrderStatus {
    /** Ordered, and to be paid. */
    PLACED,
    /** Paid, and to be shipped. */
    PAID,
    /** On its way. */
    SHIPPED,
    /** Called off. */
    CANCELLED;

    /** Whether an order with this status may have had the other one before: no order goes back. */
    public boolean comesAfter(OrderStatus other) {
        return compareTo(other) > 0;
    }
}
