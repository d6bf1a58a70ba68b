package dev.diptych.core.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.addresses.Addresses.Change;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
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

    /** The first call is in its condition until the second is in its own, or has not come that far for a while. */
    @Test
    public void of_concurrent_first_addresses_one_is_stored() throws Exception {
        var first = new CountDownLatch(1);
        var second = new CountDownLatch(1);
        Addresses addresses = addresses();
        try (var threads = Executors.newFixedThreadPool(2)) {
            Future<Change> one = threads.submit(
                    () -> addresses.change("c1", before -> isEmpty(before, first, second), Optional.of(ONE)));
            assertThat(first.await(60, TimeUnit.SECONDS)).isTrue();
            Future<Change> other = threads.submit(
                    () -> addresses.change("c1", before -> isEmpty(before, second, first), Optional.of(OTHER)));
            assertThat(one.get(60, TimeUnit.SECONDS)).isEqualTo(new Change(Optional.empty(), true));
            assertThat(other.get(60, TimeUnit.SECONDS)).isEqualTo(new Change(Optional.of(ONE), false));
        }
        assertThat(addresses.find("c1")).contains(ONE);
    }

    private static boolean isEmpty(Optional<Address> before, CountDownLatch here, CountDownLatch there) {
        here.countDown();
        try {
            there.await(300, TimeUnit.MILLISECONDS); // in vain, if the calls take turns
            return before.isEmpty();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
