package dev.diptych.store.memory.addresses;

import dev.diptych.core.addresses.Address;
import dev.diptych.core.addresses.Addresses;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The addresses in memory. Thread-safe. */
public final class MemoryAddresses implements Addresses {

    private final Map<String, Address> rows = new HashMap<>();

    /** Creates an empty table. */
    public MemoryAddresses() {}

    @Override
    public synchronized Optional<Address> find(String customerId) {
        return Optional.ofNullable(rows.get(customerId));
    }

    @Override
    public synchronized Change change(
            String customerId, Predicate<Optional<Address>> condition, Optional<Address> next) {
        Optional<Address> before = find(customerId);
        boolean done = condition.test(before);
        if (done) {
            next.ifPresentOrElse(address -> rows.put(customerId, address), () -> rows.remove(customerId));
        }
        return new Change(before, done);
    }
}
