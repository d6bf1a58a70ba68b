package dev.diptych.store.memory.addresses;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.addresses.Address;
import dev.diptych.core.addresses.Addresses;
import dev.diptych.core.addresses.AddressesContract;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class MemoryAddressesTest extends AddressesContract {

    private final Addresses addresses = new MemoryAddresses();

    @Override
    protected Addresses addresses() {
        return addresses;
    }

    /** Planted fault: the address changes between the condition and the change. */
    private record Unlocked(Map<String, Address> rows) implements Addresses {
        @Override
        public Optional<Address> find(String customerId) {
            return Optional.ofNullable(rows.get(customerId));
        }

        @Override
        public Change change(String customerId, Predicate<Optional<Address>> condition, Optional<Address> next) {
            Optional<Address> before = find(customerId);
            boolean done = condition.test(before);
            if (done) {
                rows.put(customerId, next.orElseThrow());
            }
            return new Change(before, done);
        }
    }

    @Test
    void a_table_without_a_lock_is_detected() {
        var contract = new AddressesContract() {
            @Override
            protected Addresses addresses() {
                return new Unlocked(new ConcurrentHashMap<>());
            }
        };
        assertThatThrownBy(contract::of_concurrent_first_addresses_one_is_stored)
                .isInstanceOf(AssertionError.class);
    }
}
