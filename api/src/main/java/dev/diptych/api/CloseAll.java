package dev.diptych.api;

/** Releases resources in several steps, and continues after a step that fails. */
public final class CloseAll {

    private CloseAll() {}

    /**
     * Runs all steps in order.
     *
     * @throws RuntimeException the first failure, with later failures as suppressed exceptions
     */
    public static void run(Iterable<Runnable> steps) {
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
