package dev.diptych.store.memory.broken;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What came of a {@link ContractRun}.
 *
 * @param kept the names of the tests that passed
 * @param failures why each of the others did not, by its name
 */
record Verdict(Set<String> kept, Map<String, String> failures) {

    Verdict {
        kept = Set.copyOf(kept);
        failures = Map.copyOf(failures);
    }

    boolean passed() {
        return failures.isEmpty();
    }

    /** Both verdicts as one. */
    Verdict and(Verdict other) {
        Set<String> bothKept = new TreeSet<>(kept);
        bothKept.addAll(other.kept);
        Map<String, String> bothFailures = new TreeMap<>(failures);
        bothFailures.putAll(other.failures);
        return new Verdict(bothKept, bothFailures);
    }
}
