package dev.diptych.core.projection;

import java.util.Map;

/** Tells those who run the program where all projections stand. Implementations are safe for use by many threads. */
public interface Standings {

    /**
     * Where each projection stands now, by its name; by one cheap look at all of them.
     *
     * @throws dev.diptych.core.eventstore.StoreUnavailableException when the store cannot be asked
     */
    Map<String, Standing> look();
}
