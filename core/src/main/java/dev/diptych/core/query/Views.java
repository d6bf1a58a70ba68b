package dev.diptych.core.query;

import dev.diptych.core.projection.ReadModelStore;
import java.util.List;

/**
 * The views of one context in one store: a port that each context extends and each store implements. Code that needs
 * all views, such as readiness and rebuild, enumerates them here. Implementations are thread-safe.
 */
public interface Views {

    /** Registers, for each query of the context, the view that answers it. */
    void register(DirectQueryBus.Builder bus);

    /**
     * Returns the read models behind the views, one for each projection. Applying a batch requires the privileges of
     * the projector role; reading a projection's name requires none.
     */
    List<ReadModelStore> readModels();
}
