package dev.diptych.core.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.addresses.Addresses.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every table of addresses promises. */
public abstract class AddressesContract {

    private static final Address ONE = address("1 Main Street");
    private static final Address OTHER = address("2 Side Street");

    /** Returns an empty table, the same in one test. */
    protected abstract Addresses addresses();

    private static Address address(String street) {
        return new Address("Ada Byron", street, "N1 9GU", "London", "United Kingdom");
    }

    @Test
    public void an_address_is_stored_replaced_and_deleted() {
        Addresses addresses = addresses();
        assertThat(addresses.find("c1")).isEmpty();
        assertThat(set("c1", ONE)).isEqualTo(new Change(Optional.empty(), true));
        assertThat(addresses.find("c1")).contains(ONE);
        assertThat(addresses.find("c2")).as("of another customer").isEmpty();
        assertThat(set("c1", OTHER)).isEqualTo(new Change(Optional.of(ONE), true));
        assertThat(addresses.find("c1")).contains(OTHER);
        assertThat(addresses.change("c1", before -> true, Optional.empty()).before())
                .contains(OTHER);
        assertThat(addresses.find("c1")).isEmpty();
        assertThat(addresses.change("c1", before -> true, Optional.empty()))
                .isEqualTo(new Change(Optional.empty(), true));
    }

    private Change set(String customerId, Address address) {
        return addresses().change(customerId, before -> true, Optional.of(address));
    }

    @Test
    public void nothing_changes_when_the_condition_does_not_hold() {
        assertThat(addresses().change("c1", Optional::isPresent, Optional.of(ONE)))
                .isEqualTo(new Change(Optional.empty(), false));
        assertThat(addresses().find("c1")).isEmpty();
        set("c1", ONE);
        assertThat(addresses().change("c1", Optional::isEmpty, Optional.of(OTHER)))
                .isEqualTo(new Change(Optional.of(ONE), false));
        assertThat(addresses().change("c1", Optional::isEmpty, Optional.empty()).done())
                .isFalse();
        assertThat(addresses().find("c1")).contains(ONE);
    }

    @Test
    public void of_concurrent_first_addresses_one_is_stored() throws Exception {
        List<Callable<Change>> writers = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            Address address = address(i + " Main Street");
            writers.add(() -> addresses().change("c1", Optional::isEmpty, Optional.of(address)));
        }
        try (var threads = Executors.newFixedThreadPool(writers.size())) {
            List<Change> done = new ArrayList<>();
            for (Future<Change> each : threads.invokeAll(writers, 60, TimeUnit.SECONDS)) {
                done.add(each.get());
            }
            assertThat(done).filteredOn(Change::done).hasSize(1);
        }
    }
}
