package dev.diptych.api.ops;

import dev.diptych.api.http.Role;
import dev.diptych.core.projection.Checkpoints.Progress;
import dev.diptych.core.projection.Standing;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a node could see of its store at one moment.
 *
 * @param troubles by the role whose question was not answered, why it was not
 * @param standings where each projection stands; empty where this node does not run projections, or could not see it
 * @param views how far each view is where this node reads it; empty where it reads none, or could not see it
 * @param paused which views somebody has paused
 * @param appendsSeen whether the open appends could be seen
 * @param oldestAppend of those, the one that has been open for the longest time; empty when there is none
 */
public record Sight(
        Map<Role, String> troubles,
        Map<String, Standing> standings,
        Optional<Progress> views,
        Set<String> paused,
        boolean appendsSeen,
        Optional<OpenAppend> oldestAppend) {

    /** Before anybody has looked. */
    public static final Sight NOTHING =
            new Sight(Map.of(), Map.of(), Optional.empty(), Set.of(), false, Optional.empty());

    /** How many positions a view is behind the last event; empty where that cannot be seen, as on a standby. */
    public OptionalLong lagOfView(String projection) {
        return views.filter(progress -> progress.head().isPresent())
                .map(progress -> OptionalLong.of(progress.head().getAsLong() - progress.of(projection)))
                .orElse(OptionalLong.empty());
    }
}
