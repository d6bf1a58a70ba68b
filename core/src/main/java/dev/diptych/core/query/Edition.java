package dev.diptych.core.query;

/**
 * What rows that a client keeps belong to. Rows of another edition may differ at the same version and position: after a
 * fail-over, it has another history; after a rebuild, another generation.
 *
 * @param history the history of the events
 * @param generation the generation of the rows; 1 before the first rebuild
 */
public record Edition(String history, int generation) {

    /** Parses the text of an edition. */
    public static Edition of(String text) {
        int dot = text.indexOf('.');
        return dot < 0
                ? new Edition(text, 1)
                : new Edition(text.substring(0, dot), Integer.parseInt(text.substring(dot + 1)));
    }

    /** Whether {@code other} is a later generation of the same history. */
    public boolean precedes(Edition other) {
        return history.equals(other.history) && generation < other.generation;
    }

    /** The history; after a rebuild, with a dot and the generation. */
    @Override
    public String toString() {
        return generation == 1 ? history : history + "." + generation;
    }
}
