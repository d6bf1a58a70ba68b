package dev.diptych.core.contract.linearizability;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a record of concurrent operations is linearizable: whether each operation can take effect at one
 * moment between its call and its return, so that the model allows every result.
 *
 * <p>The algorithm is that of Wing and Gong ("Testing and verifying concurrent objects", 1993), a depth-first search
 * for an order, with the memoisation of Lowe ("Testing for linearizability", 2017): a set of operations that led to a
 * state is not tried again. An operation without a result may be placed anywhere after its call, or nowhere. Takes
 * exponential time in the worst case, so records should be short. Thread-safe.
 *
 * @param <S> the type of the model's states
 * @param <C> the type of the calls
 * @param <R> the type of the results
 */
public final class LinearizabilityChecker<S, C, R> {

    private final Model<S, C, R> model;

    /** Creates a checker for a model. */
    public LinearizabilityChecker(Model<S, C, R> model) {
        this.model = model;
    }

    /** Whether the record is linearizable. */
    public boolean accepts(List<Operation<C, R>> operations) {
        return parts(operations).stream().allMatch(this::acceptsPart);
    }

    /** The operations of each part of the state. */
    Collection<List<Operation<C, R>>> parts(List<Operation<C, R>> operations) {
        Map<Object, List<Operation<C, R>>> parts =
                operations.stream().collect(Collectors.groupingBy(operation -> model.partOf(operation.call())));
        return parts.values();
    }

    /** What was reached: the operations that have taken effect, and the state that they led to. */
    private record Reached<S>(BitSet done, S state) {}

    /** A choice of the search, to be undone. */
    private record Choice<S, C, R>(Entry<C, R> call, S before) {}

    private boolean acceptsPart(List<Operation<C, R>> operations) {
        Entry<C, R> head = entries(operations);
        Deque<Choice<S, C, R>> choices = new ArrayDeque<>();
        Set<Reached<S>> tried = new HashSet<>();
        BitSet done = new BitSet();
        S state = model.initial();
        long missing =
                operations.stream().filter(each -> each.result().isPresent()).count();
        Entry<C, R> entry = head.next;
        while (missing > 0) {
            if (entry != null && entry.isCall) {
                Optional<S> next = model.step(state, entry.operation.call(), entry.operation.result());
                if (next.isPresent() && tried.add(new Reached<>(with(done, entry.number), next.get()))) {
                    choices.push(new Choice<>(entry, state));
                    state = next.get();
                    done.set(entry.number);
                    missing -= entry.remove();
                    entry = head.next;
                } else {
                    entry = entry.next;
                }
            } else if (choices.isEmpty()) {
                return false;
            } else { // a return whose call has not taken effect, or the end: undo the last choice
                Choice<S, C, R> last = choices.pop();
                state = last.before();
                done.clear(last.call().number);
                missing += last.call().restore();
                entry = last.call().next;
            }
        }
        return true;
    }

    private static BitSet with(BitSet set, int number) {
        var copy = (BitSet) set.clone();
        copy.set(number);
        return copy;
    }

    /** A call or a return in a linked list in order of time. */
    private static final class Entry<C, R> {
        private final Operation<C, R> operation;
        private final int number;
        private final boolean isCall;
        private @Nullable Entry<C, R> end;
        private @Nullable Entry<C, R> previous;
        private @Nullable Entry<C, R> next;

        Entry(Operation<C, R> operation, int number, boolean isCall) {
            this.operation = operation;
            this.number = number;
            this.isCall = isCall;
        }

        long time() {
            return isCall ? operation.calledAt() : operation.returnedAt();
        }

        /** Removes a call and its return, and returns the number of results that this explains. */
        int remove() {
            unlink();
            if (end == null) {
                return 0;
            }
            end.unlink();
            return 1;
        }

        int restore() {
            if (end != null) {
                end.link();
            }
            link();
            return end == null ? 0 : 1;
        }

        private void unlink() {
            previous.next = next;
            if (next != null) {
                next.previous = previous;
            }
        }

        private void link() {
            previous.next = this;
            if (next != null) {
                next.previous = this;
            }
        }
    }

    private static <C, R> Entry<C, R> entries(List<Operation<C, R>> operations) {
        List<Entry<C, R>> entries = new ArrayList<>();
        for (int number = 0; number < operations.size(); number++) {
            var call = new Entry<>(operations.get(number), number, true);
            entries.add(call);
            if (operations.get(number).result().isPresent()) {
                call.end = new Entry<>(operations.get(number), number, false);
                entries.add(call.end);
            }
        }
        entries.sort(Comparator.comparingLong(Entry::time));
        Entry<C, R> head = new Entry<>(null, -1, false);
        Entry<C, R> last = head;
        for (Entry<C, R> entry : entries) {
            last.next = entry;
            entry.previous = last;
            last = entry;
        }
        return head;
    }
}
