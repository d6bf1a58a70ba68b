package dev.diptych.core.contract;

import static org.assertj.core.api.Assertions.fail;

import dev.diptych.core.contract.linearizability.LostResponses;
import dev.diptych.core.contract.linearizability.Verdict;
import dev.diptych.core.contract.linearizability.Workload;
import dev.diptych.core.eventstore.EventStore;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract tests of what concurrent callers of an {@link EventStore} may see: appends with every expectation, with
 * and without a command id, repeats, reads of streams and look-ups of command ids. Each of many short workloads is
 * recorded and checked offline; a record that is rejected is shrunk and printed, with the seed that repeats its
 * workload. Extend it as {@link EventStoreContract}.
 */
public abstract class LinearizabilityContract extends Contract {

    private EventStore store;

    /** Returns a new, empty store; called before each test. */
    protected abstract EventStore newStore() throws Exception;

    /**
     * Interrupts calls that are in flight, if the store can be interrupted: kills a connection, or lets a call time
     * out. Called by several threads.
     */
    protected void injectFault(Random random) {}

    /** The number of workloads of each test; a long run of a store may have thousands. */
    protected int workloads() {
        return 50;
    }

    @BeforeEach
    void openStore() throws Exception {
        store = newStore();
    }

    @Stress
    @Test
    public void concurrent_calls_take_effect_one_at_a_time() throws Exception {
        check(store, workloads());
    }

    @Stress
    @Test
    public void an_append_without_a_response_takes_effect_once_or_never() throws Exception {
        check(new LostResponses(store), workloads());
    }

    private void check(EventStore called, int workloads) throws Exception {
        for (long seed = SEED; seed < SEED + workloads; seed++) {
            Verdict verdict = Verdict.of(Workload.small(seed), called, patience(), this::injectFault);
            if (!verdict.isAccepted()) {
                fail("-Dcontract.seed=" + seed + " begins with this workload. " + verdict);
            }
        }
    }
}
