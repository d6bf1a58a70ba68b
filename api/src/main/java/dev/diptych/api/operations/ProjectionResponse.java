package dev.diptych.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.diptych.core.projection.Generations;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.projection.ProjectionRunner.Failure;
import dev.diptych.core.projection.ProjectionRunner.PoisonedEvent;
import dev.diptych.core.query.ProjectionProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A projection, as JSON.
 *
 * @param node the node that runs the projection; null when no node does
 * @param version the version of the fold of the rows that serve
 * @param rebuild the rebuild in progress; null when there is none
 * @param lastError the current failure on this node; null when there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProjectionResponse(
        String name,
        long position,
        long head,
        long lag,
        double lagSeconds,
        String state,
        @Nullable String node,
        int version,
        @Nullable RebuildResponse rebuild,
        @Nullable LastError lastError) {

    /** Why a projection does not advance, as JSON. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record LastError(
            @Nullable Long position, @Nullable String event, String error, int attempts, Instant since) {

        static LastError of(Failure failure) {
            return new LastError(
                    failure.event().map(PoisonedEvent::position).orElse(null),
                    failure.event().map(PoisonedEvent::type).orElse(null),
                    failure.error(),
                    failure.attempts(),
                    failure.since());
        }
    }

    static ProjectionResponse of(ProjectionRunner runner, ProjectionProgress progress) {
        Optional<Generations.Status> generations = progress.generations();
        return new ProjectionResponse(
                runner.name(),
                progress.checkpoint(),
                progress.head().orElseThrow(),
                progress.lag().orElseThrow(),
                seconds(progress.behind().orElseThrow()),
                runner.state().name().toLowerCase(Locale.ROOT),
                progress.node().orElse(null),
                generations.map(Generations.Status::version).orElse(runner.version()),
                generations
                        .flatMap(Generations.Status::copy)
                        .map(copy -> RebuildResponse.of(
                                copy, progress, runner.copyFailure().orElse(null)))
                        .orElse(null),
                runner.failure().map(LastError::of).orElse(null));
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}
