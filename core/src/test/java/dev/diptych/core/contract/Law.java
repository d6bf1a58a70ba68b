package dev.diptych.core.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.opentest4j.AssertionFailedError;

/**
 * A law that must hold for every list of steps. It is tried with random lists; one that violates it is shrunk to a list
 * of which no step can be left out. (The idea: Claessen and Hughes, "QuickCheck", 2000; the shrinking: Zeller and
 * Hildebrandt, "Simplifying and isolating failure-inducing input", 2002.)
 *
 * @param <T> the type of the steps
 */
@FunctionalInterface
public interface Law<T> {

    /** Carries out the steps from the beginning; throws if they violate the law. */
    void check(List<T> steps) throws Exception;

    /**
     * Checks the law for random lists.
     *
     * @param seed the seed of the first list; each other list has the next
     * @param lists the number of lists
     * @param length the number of steps of each list
     * @param step returns a random step
     * @throws AssertionError if a list violates the law; the message has its seed and the steps that are left of it
     */
    default void holds(long seed, int lists, int length, Function<Random, T> step) {
        for (long each = seed; each < seed + lists; each++) {
            var random = new Random(each);
            List<T> steps =
                    IntStream.range(0, length).mapToObj(i -> step.apply(random)).toList();
            if (violatedBy(steps) != null) {
                List<T> left = shrunk(steps);
                Throwable found = violatedBy(left);
                throw new AssertionFailedError(
                        "-Dcontract.seed=" + each + " begins with this list. These steps violate the law: "
                                + left.stream().map(one -> "\n  " + one).collect(Collectors.joining()) + "\nin that "
                                + found,
                        found);
            }
        }
    }

    private Throwable violatedBy(List<T> steps) {
        try {
            check(steps);
            return null;
        } catch (Exception | AssertionError e) {
            return e;
        }
    }

    private List<T> shrunk(List<T> violating) {
        List<T> left = violating;
        for (int size = Math.max(1, left.size() / 2); size > 0; size /= 2) {
            for (int from = 0; from < left.size(); ) {
                List<T> fewer = new ArrayList<>(left);
                fewer.subList(from, Math.min(from + size, fewer.size())).clear();
                if (violatedBy(fewer) == null) {
                    from += size;
                } else {
                    left = fewer;
                }
            }
        }
        return left;
    }
}
