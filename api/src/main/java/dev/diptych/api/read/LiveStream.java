package dev.diptych.api.read;

import dev.diptych.api.http.EventStream;
import dev.diptych.api.read.LiveView.Interest;
import dev.diptych.core.projection.CheckpointWatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * What one client is told: the current rows, or what has changed since it was here last; then what changes, in the order of
 * positions. It never is told an older state of a row after a newer one. Used by one thread, the one of its request.
 *
 * @param <R> the rows
 */
final class LiveStream<R> {

    private static final Duration REBUILD_LOOK = Duration.ofSeconds(1);

    private final LiveView<R> view;
    private final LongFunction<List<R>> changes;
    private final LiveFeed<R> feed;
    private final CheckpointWatch watch;
    private final Follower<R> follower;
    private final EventStream out;
    private long told;

    /**
     * A stream.
     *
     * @param changes as in the view, of those rows at least that the client may be told of
     * @param told up to where the client has been told everything, or will have been with the current rows
     */
    LiveStream(
            LiveView<R> view,
            LongFunction<List<R>> changes,
            LiveFeed<R> feed,
            CheckpointWatch watch,
            Follower<R> follower,
            EventStream out,
            long told) {
        this.view = view;
        this.changes = changes;
        this.feed = feed;
        this.watch = watch;
        this.follower = follower;
        this.out = out;
        this.told = told;
    }

    /**
     * Tells the current rows first. They carry no id, since they do not come in the order of positions: who loses the
     * connection among them begins again.
     *
     * @param current hands over each of them
     */
    void tellCurrent(Consumer<Consumer<R>> current) {
        do {
            current.accept(row -> {
                if (view.position().applyAsLong(row) <= told) { // else it is among the changes that come next
                    out.send(EventStream.event("row", view.shown().apply(row)));
                }
            });
        } while (wereRebuilt() && !out.isEnding());
    }

    /** Rows that are being built again may not have been there; so they are waited for, and read again. */
    private boolean wereRebuilt() {
        boolean rebuilt = false;
        while (watch.look().of(view.projection()) < told && !out.isEnding()) {
            rebuilt = true;
            watch.await(view.projection(), told, REBUILD_LOOK);
            out.beat();
        }
        return rebuilt;
    }

    /** Tells what has changed and what changes, until the stream is to end. */
    void follow() throws InterruptedException {
        catchUp();
        feed.join(follower, told);
        try {
            catchUp();
            out.send(EventStream.event("live", told, Map.of("position", told)));
            out.onEnd(follower::wake);
            while (!out.isEnding()) {
                out.flush();
                tellNews();
            }
        } finally {
            feed.leave(follower);
        }
    }

    private void tellNews() throws InterruptedException {
        long offered = feed.cursor(); // before the news, so that these go at least as far, unless something was missed
        Follower.News<R> news = follower.take(out.untilHeartbeat());
        news.changes().forEach(this::tell);
        told = Math.max(told, news.through());
        if (news.behind() || news.through() < offered) {
            catchUp();
        }
        out.beat(told);
    }

    /** Reads what was not offered, or not kept, page by page, as fast as the client takes it. */
    private void catchUp() {
        boolean more = true;
        while (more && !out.isEnding()) {
            long checkpoint = watch.look().of(view.projection());
            List<R> rows = changes.apply(told);
            rows.forEach(row -> tell(new Change<>(view, row)));
            more = rows.size() == LiveView.PAGE;
            told = more ? told : Math.max(told, checkpoint);
            out.flush();
            out.beat(told); // there may be nothing for this client on many pages
        }
        follower.knows(told);
    }

    private void tell(Change<R> change) {
        if (change.position() > told) {
            Interest interest = follower.interestIn(change.row());
            if (interest != Interest.NONE) {
                out.send(change.event(interest));
            }
            told = change.position();
        }
    }
}
