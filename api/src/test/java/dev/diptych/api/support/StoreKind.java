package dev.diptych.api.support;

import dev.diptych.api.Automations;
import dev.diptych.api.Store;
import dev.diptych.api.launch.MemoryStore;
import java.time.InstantSource;

/** The stores on which the API runs. */
public enum StoreKind {
    MEMORY,
    POSTGRES;

    /** Opens a store without events. */
    public Store open() {
        return open(Automations.NONE);
    }

    /** Opens a store without events, with automations. */
    public Store open(Automations automations) {
        return switch (this) {
            case MEMORY -> MemoryStore.open(InstantSource.system(), automations);
            case POSTGRES -> TestPostgres.fresh(automations);
        };
    }
}
