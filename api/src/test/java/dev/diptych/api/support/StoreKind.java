package dev.diptych.api.support;

import dev.diptych.api.Store;
import dev.diptych.api.launch.MemoryStore;

/** The stores on which the API runs. */
public enum StoreKind {
    MEMORY,
    POSTGRES;

    /** Opens a store without events. */
    public Store open() {
        return switch (this) {
            case MEMORY -> MemoryStore.open();
            case POSTGRES -> TestPostgres.fresh();
        };
    }
}
