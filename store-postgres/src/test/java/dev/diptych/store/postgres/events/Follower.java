package dev.diptych.store.postgres.events;

import dev.diptych.store.postgres.events.HostileCampaign.Page;
import dev.diptych.store.postgres.events.HostileCampaign.Reader;
import java.util.ArrayList;
import java.util.List;

/** A reader that reads page after page, with the {@code through} of each page as its cursor. Used by one thread. */
final class Follower {

    private final Reader reader;
    private final int pageSize;
    private final List<Long> seen = new ArrayList<>();
    private long after;

    Follower(Reader reader, int pageSize) {
        this.reader = reader;
        this.pageSize = pageSize;
    }

    /** Reads a page, and returns whether it advanced. */
    boolean step() {
        Page page = reader.read(after, pageSize);
        seen.addAll(page.positions());
        boolean moved = page.through() != after || !page.positions().isEmpty();
        after = page.through();
        return moved;
    }

    /** The positions read, in the order of reading. */
    List<Long> seen() {
        return seen;
    }

    long after() {
        return after;
    }
}
