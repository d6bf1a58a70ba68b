package dev.diptych.store.postgres;

import dev.diptych.store.postgres.HostileCampaign.Page;
import dev.diptych.store.postgres.HostileCampaign.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * One reader that goes from page to page: what it got back as {@code through} is its only cursor. Used by one thread.
 */
final class Follower {

    private final Reader reader;
    private final int pageSize;
    private final List<Long> seen = new ArrayList<>();
    private long after;

    Follower(Reader reader, int pageSize) {
        this.reader = reader;
        this.pageSize = pageSize;
    }

    /** Reads a page, and says whether that brought anything. */
    boolean step() {
        Page page = reader.read(after, pageSize);
        seen.addAll(page.positions());
        boolean moved = page.through() != after || !page.positions().isEmpty();
        after = page.through();
        return moved;
    }

    /** The positions that it read, in the order in which it did. */
    List<Long> seen() {
        return seen;
    }

    long after() {
        return after;
    }
}
