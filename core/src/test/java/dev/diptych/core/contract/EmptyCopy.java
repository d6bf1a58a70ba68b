package dev.diptych.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.projection.Generations;
import dev.diptych.core.projection.ReadModelStore;
import java.util.OptionalLong;

/** Lets a test apply all events again. */
public final class EmptyCopy {

    private EmptyCopy() {}

    /** Makes a copy without rows serve, as if the events of the checkpoint had been lost. */
    public static void serve(ReadModelStore readModel) {
        OptionalLong lost = OptionalLong.of(readModel.checkpoint());
        assertThat(readModel.generations().takeOver(start(readModel), lost)).isTrue();
    }

    /** Starts a rebuild, and returns the generation of its copy. */
    static int start(ReadModelStore readModel) {
        Generations generations = readModel.generations();
        generations.start(false);
        return generations.status().copy().orElseThrow().generation();
    }
}
