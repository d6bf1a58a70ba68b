package dev.diptych.store.memory.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.automation.TodoList;
import dev.diptych.core.contract.ShiftedClock;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.orders.automation.UnpaidOrders;
import dev.diptych.core.orders.automation.UnpaidOrders.UnpaidOrder;
import dev.diptych.core.orders.automation.UnpaidOrdersContract;
import dev.diptych.core.projection.Lease;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.store.memory.MemoryEventStore;
import dev.diptych.store.memory.MemoryTodoList;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MemoryUnpaidOrdersTest extends UnpaidOrdersContract {

    private final ShiftedClock clock = new ShiftedClock();
    private final AtomicReference<String> holder = new AtomicReference<>("");
    private EventStore store = new MemoryEventStore(clock);
    private MemoryTodoList<UnpaidOrder> list = new MemoryTodoList<>("none yet", clock, new UnpaidOrders());

    @Override
    protected void openStore() {
        store = new MemoryEventStore(clock);
        list = new MemoryTodoList<>(store.history(), clock, new UnpaidOrders());
    }

    @Override
    protected EventStore store() {
        return store;
    }

    @Override
    protected ReadModelStore readModel() {
        return list.readModel();
    }

    @Override
    protected TodoList<UnpaidOrder> list() {
        return list;
    }

    /** A lease for several nodes on one memory store; a node that has held it believes that it still does. */
    @Override
    protected Lease lease(String node) {
        return new Lease() {
            private boolean held;

            @Override
            public Turn hold() {
                held = held || holder.compareAndSet("", node);
                return held ? Turn.MINE : Turn.ELSEWHERE;
            }

            @Override
            public void release() {
                held = false;
                holder.compareAndSet(node, "");
            }

            @Override
            public void pause() {
                throw new UnsupportedOperationException();
            }

            @Override
            public void resume() {
                throw new UnsupportedOperationException();
            }
        };
    }

    @Override
    protected void expireLeases() {
        holder.set("");
    }

    @Override
    protected void pruneCommandIds() {
        clock.forward(Duration.ofHours(25));
        assertThat(store.pruneCommands(EventStore.MIN_COMMAND_ID_RETENTION, 1_000))
                .isPositive();
    }

    @Test
    void due_times_follow_the_clock_of_the_store() {
        cancelsOnlyAfter(TWO_WEEKS, clock::forward);
    }
}
