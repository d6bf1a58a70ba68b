package dev.diptych.store.memory.lincheck;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.contract.DelegatingEventStore;
import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.store.memory.MemoryEventStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every interleaving that is tried has results that a sequence of the operations has too. */
@Tag("full")
class LincheckTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

    /** The memory store. */
    public static class OfMemory extends StoreOperations {
        /** Called by Lincheck for every execution. */
        public OfMemory() {
            super(new MemoryEventStore(CLOCK));
        }
    }

    /** Checks the expected version and appends in two steps. */
    public static class OfChecksThenAppends extends StoreOperations {
        /** Called by Lincheck for every execution. */
        public OfChecksThenAppends() {
            super(new ChecksThenAppends());
        }
    }

    private static final class ChecksThenAppends extends DelegatingEventStore {
        ChecksThenAppends() {
            super(new MemoryEventStore(CLOCK));
        }

        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            long actual = store.readStream(stream, 0, MAX_PAGE).events().size();
            boolean accepted = expected.accepts(actual, history());
            return store.append(stream, accepted ? ExpectedVersion.any() : expected, events, stamp);
        }
    }

    private static void check(Class<?> operations) {
        new ModelCheckingOptions()
                .threads(2)
                .actorsPerThread(2)
                .iterations(10)
                .invocationsPerIteration(200)
                .check(operations);
    }

    @Test
    void the_memory_store_passes_model_checking() {
        check(OfMemory.class);
    }

    @Test
    void a_store_that_checks_and_then_appends_is_found() {
        assertThatThrownBy(() -> check(OfChecksThenAppends.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("begin");
    }
}
