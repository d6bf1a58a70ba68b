package dev.diptych.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.diptych.core.projection.Generations.Comparison;
import dev.diptych.core.projection.Generations.Copy;
import dev.diptych.core.projection.Generations.Example;
import dev.diptych.core.query.ProjectionProgress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rebuild, as JSON.
 *
 * @param position the checkpoint of the copy
 * @param node the node that builds it; null when none does
 * @param secondsLeft an estimate of the time until it has caught up; null before the first batch
 * @param compare whether it takes over only when it is told to
 * @param comparison the result of the comparison; null until there is one
 * @param lastError why the copy does not advance on this node; null if it does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RebuildResponse(
        int generation,
        int version,
        @Nullable String node,
        long position,
        double positionsPerSecond,
        @Nullable Double secondsLeft,
        boolean compare,
        @Nullable ComparisonResponse comparison,
        @Nullable String lastError) {

    /** The result of a comparison, as JSON. */
    public record ComparisonResponse(
            long position, long onlyServing, long onlyCopy, long different, List<ExampleResponse> examples) {
        static ComparisonResponse of(Comparison comparison) {
            return new ComparisonResponse(
                    comparison.position(),
                    comparison.onlyServing(),
                    comparison.onlyCopy(),
                    comparison.different(),
                    comparison.examples().stream().map(ExampleResponse::of).toList());
        }
    }

    /** A row that is not the same in both, as JSON. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ExampleResponse(
            String key, @Nullable String serving, @Nullable String copy) {
        static ExampleResponse of(Example example) {
            return new ExampleResponse(
                    example.key(),
                    example.serving().orElse(null),
                    example.copy().orElse(null));
        }
    }

    static RebuildResponse of(Copy copy, ProjectionProgress progress, @Nullable String lastError) {
        long left = Math.max(0, progress.head().orElseThrow() - copy.position());
        double rate = Math.round(copy.positionsPerSecond() * 10) / 10.0;
        return new RebuildResponse(
                copy.generation(),
                copy.version(),
                progress.copyNode().orElse(null),
                copy.position(),
                rate,
                rate == 0 ? null : Math.round(left / rate * 10) / 10.0,
                copy.comparing(),
                copy.comparison().map(ComparisonResponse::of).orElse(null),
                lastError);
    }
}
