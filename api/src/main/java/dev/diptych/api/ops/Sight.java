package dev.diptych.api.ops;

import dev.diptych.api.http.Role;
import dev.diptych.core.query.ProjectionProgress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a node could see of its store at one moment.
 *
 * @param troubles by the role whose question was not answered, why it was not
 * @param projections how far each projection is; empty where this node runs none, or could not see it
 * @param views how far the projection of each view is where this node reads it; empty where it reads none, or could not see it
 * @param paused which views somebody has paused
 * @param appendsSeen whether the open appends could be seen
 * @param oldestAppend of those, the one that has been open for the longest time; empty when there is none
 */
public record Sight(
        Map<Role, String> troubles,
        Map<String, ProjectionProgress> projections,
        Map<String, ProjectionProgress> views,
        Set<String> paused,
        boolean appendsSeen,
        Optional<OpenAppend> oldestAppend) {

    /** Before anybody has looked. */
    public static final Sight NOTHING = new Sight(Map.of(), Map.of(), Map.of(), Set.of(), false, Optional.empty());
}
