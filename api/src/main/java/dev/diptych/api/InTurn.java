package dev.diptych.api;

/** Steps of which each is taken, whatever becomes of those before it. */
final class InTurn {

    private InTurn() {}

    /**
     * Takes all steps.
     *
     * @throws RuntimeException what the first of those that failed threw, with the rest suppressed in it
     */
    static void run(Iterable<Runnable> steps) {
        RuntimeException first = null;
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
