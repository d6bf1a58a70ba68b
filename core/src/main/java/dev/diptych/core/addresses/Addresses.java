package dev.diptych.core.addresses;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * A port that each store implements: at most one address for each customer. Every method throws
 * {@link dev.diptych.core.eventstore.StoreUnavailableException} when the store cannot be reached. Thread-safe.
 */
public interface Addresses {

    /** Returns the address of a customer; empty if there is none. */
    Optional<Address> find(String customerId);

    /**
     * Replaces or deletes the address of a customer, if a condition holds. No other call changes it in between.
     *
     * @param condition tests the address before, which may be empty; may be called more than once
     * @param next the address after; empty to delete it
     */
    Change change(String customerId, Predicate<Optional<Address>> condition, Optional<Address> next);

    /**
     * The result of {@link #change}.
     *
     * @param before the address that the condition was tested with
     * @param done whether the condition held, and the address is now the next one
     */
    record Change(Optional<Address> before, boolean done) {}
}
