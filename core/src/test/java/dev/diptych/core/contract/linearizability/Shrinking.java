package dev.diptych.core.contract.linearizability;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds a small part of a record that is not linearizable. Each step only forgets something, so what is left is
 * evidence against the store by itself: the other parts of the state; what happened after a moment; calls that changed
 * nothing; results of the others.
 *
 * @param <S> the type of the model's states
 * @param <C> the type of the calls
 * @param <R> the type of the results
 */
public record Shrinking<S, C, R>(Model<S, C, R> model) {

    /** Returns a smaller record that is not linearizable either. */
    public List<Operation<C, R>> of(List<Operation<C, R>> rejected) {
        var checker = new LinearizabilityChecker<>(model);
        List<Operation<C, R>> smallest = checker.parts(rejected).stream()
                .filter(part -> !checker.accepts(part))
                .min(Comparator.comparingInt(List::size))
                .orElseThrow();
        smallest = shortestStart(smallest, checker);
        smallest = without(smallest, this::isRemovable, checker); // first, as it removes more
        smallest = without(smallest, operation -> true, checker);
        return smallest.stream()
                .sorted(Comparator.comparingLong(Operation::calledAt))
                .toList();
    }

    private List<Operation<C, R>> without(
            List<Operation<C, R>> operations,
            Predicate<Operation<C, R>> candidate,
            LinearizabilityChecker<S, C, R> checker) {
        List<Operation<C, R>> smallest = operations;
        for (Operation<C, R> operation : operations.stream().filter(candidate).toList()) {
            List<Operation<C, R>> less = without(operation, smallest);
            smallest = checker.accepts(less) ? smallest : less;
        }
        return smallest;
    }

    private boolean isRemovable(Operation<C, R> operation) {
        return operation
                .result()
                .filter(result -> model.changesNothing(operation.call(), result))
                .isPresent();
    }

    private List<Operation<C, R>> shortestStart(
            List<Operation<C, R>> operations, LinearizabilityChecker<S, C, R> checker) {
        return operations.stream()
                .map(Operation::returnedAt)
                .sorted()
                .map(time -> asOf(time, operations))
                .filter(start -> !checker.accepts(start))
                .findFirst()
                .orElse(operations);
    }

    private static <C, R> List<Operation<C, R>> asOf(long time, List<Operation<C, R>> operations) {
        return operations.stream()
                .filter(operation -> operation.calledAt() < time)
                .map(operation -> operation.asOf(time))
                .toList();
    }

    /** Without the operation if it changed nothing, otherwise without its result. */
    private List<Operation<C, R>> without(Operation<C, R> operation, List<Operation<C, R>> operations) {
        List<Operation<C, R>> less = new ArrayList<>(operations);
        if (isRemovable(operation)) {
            less.remove(operation);
        } else {
            less.replaceAll(each -> each.equals(operation)
                    ? Operation.unknown(operation.client(), operation.call(), operation.calledAt())
                    : each);
        }
        return less;
    }
}
