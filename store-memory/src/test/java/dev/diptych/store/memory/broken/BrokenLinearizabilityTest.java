package dev.diptych.store.memory.broken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.diptych.core.contract.Waiting;
import dev.diptych.core.contract.linearizability.Verdict;
import dev.diptych.core.contract.linearizability.Workload;
import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.CommandStamp;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.ExpectedVersion;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.core.eventstore.StreamName;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The record of concurrent calls of a broken store is rejected. The seeds are fixed. */
class BrokenLinearizabilityTest {

    /** Far more than the 18 that the rarest fault takes. */
    private static final int WORKLOADS = 300;

    private static Verdict firstRejected(Supplier<EventStore> store) throws Exception {
        for (long seed = 1; seed <= WORKLOADS; seed++) {
            Verdict verdict = Verdict.of(Workload.small(seed), store.get(), Waiting.PATIENCE, random -> {});
            if (!verdict.isAccepted()) {
                return verdict;
            }
        }
        return new Verdict(List.of());
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "NO_STREAM_AS_ANY",
                "ANY_AS_NO_STREAM",
                "EXISTS_AS_ANY",
                "CONFLICT_WITHOUT_ACTUAL",
                "EMPTY_APPEND_UNCHECKED",
                "EMPTY_APPEND_WITHOUT_RECEIPT",
                "STORES_BEFORE_IT_CHECKS",
                "PARTIAL_APPEND",
                "RECEIPT_OF_FIRST_EVENT",
                "CHECKS_THEN_APPENDS",
                "KEEPS_THE_CALLERS_LIST",
                "REPEATS_STORE_TWICE",
                "REPEATS_RETURN_CURRENT_RECEIPT",
                "COMMAND_ID_ONLY_WITH_EVENTS",
                "VERSION_BEFORE_COMMAND_ID",
                "FINGERPRINT_IGNORED",
                "COMMAND_IDS_PER_STREAM",
                "CONFLICT_USES_UP_THE_ID",
                "CHECKS_IDS_THEN_APPENDS",
                "VERSIONS_OVER_ALL_STREAMS",
                "REPEATS_ONE_BETWEEN_PAGES"
            })
    void a_broken_store_is_found_and_its_record_is_short(EventStoreFault fault) throws Exception {
        assertThat(firstRejected(fault::newStore).rejected()).hasSizeBetween(1, 15);
    }

    @Test
    void positions_that_are_not_those_of_the_receipts_are_found() {
        assertThat(catchThrowable(() -> firstRejected(EventStoreFault.POSITIONS_PER_STREAM::newStore)))
                .hasMessageContaining("the position of Event");
    }

    /** Sends an append again when there is no response, although it has no command id. */
    private static final class SendsAgain extends WrappedEventStore {
        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            AppendResult first = store.append(stream, expected, events, stamp);
            if (events.size() != 1) {
                return first;
            }
            store.append(stream, expected, events, stamp);
            throw new StoreUnavailableException("The response was lost", true, null);
        }
    }

    @Test
    void an_append_without_a_response_that_takes_effect_twice_is_found() throws Exception {
        assertThat(firstRejected(SendsAgain::new).toString())
                .contains("No order of these operations explains their results", "-> unknown");
    }

    /** Says that an append has certainly failed, after it was stored. */
    private static final class FailsAfterStoring extends WrappedEventStore {
        @Override
        public AppendResult append(
                StreamName stream, ExpectedVersion expected, List<NewEvent> events, Optional<CommandStamp> stamp) {
            AppendResult result = store.append(stream, expected, events, stamp);
            if (events.size() == 1) {
                throw new StoreUnavailableException("The connection was closed", false, null);
            }
            return result;
        }
    }

    @Test
    void an_append_that_is_stored_although_it_has_certainly_failed_is_found() throws Exception {
        assertThat(firstRejected(FailsAfterStoring::new).rejected()).isNotEmpty();
    }
}
