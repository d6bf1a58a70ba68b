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
    CANCELLED
}
