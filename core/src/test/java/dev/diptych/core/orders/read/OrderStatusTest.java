package dev.diptych.core.orders.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Examples;
import dev.diptych.core.orders.events.OrderEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrderStatusTest {

    @Test
    void every_status_can_be_reached_from_every_other_by_an_event() {
        for (OrderStatus before : OrderStatus.values()) {
            assertThat(Examples.of(OrderEvent.class)).extracting(before::after).contains(OrderStatus.values());
        }
    }

    @ParameterizedTest
    @EnumSource
    void may_have_been_is_a_strict_order(OrderStatus status) {
        assertThat(status.mayHaveBeen(status)).as("%s before itself", status).isFalse();
        for (OrderStatus earlier : OrderStatus.values()) {
            if (status.mayHaveBeen(earlier)) {
                assertThat(earlier.mayHaveBeen(status))
                        .as("%s before %s", status, earlier)
                        .isFalse();
                assertThat(OrderStatus.values())
                        .filteredOn(earlier::mayHaveBeen)
                        .as("earlier statuses of %s, which are earlier statuses of %s too", earlier, status)
                        .allMatch(status::mayHaveBeen);
            }
        }
    }
}
