package dev.diptych.store.memory.broken;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The result of a {@link ContractRun}.
 *
 * @param kept the names of the tests that passed
 * @param failures the failure messages of the other tests by their names
 */
record Verdict(Set<String> kept, Map<String, String> failures) {

    Verdict {
        kept = Set.copyOf(kept);
        failures = Map.copyOf(failures);
    }

    boolean passed() {
        return failures.isEmpty();
    }

    /** Merges two verdicts. */
    Verdict and(Verdict other) {
        Set<String> bothKept = new TreeSet<>(kept);
        bothKept.addAll(other.kept);
        Map<String, String> bothFailures = new TreeMap<>(failures);
        bothFailures.putAll(other.failures);
        return new Verdict(bothKept, bothFailures);
    }
}
