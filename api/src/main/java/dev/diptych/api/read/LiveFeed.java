package dev.diptych.api.read;

import static dev.diptych.core.background.BackgroundThread.UNTIL_WOKEN;

import dev.diptych.core.background.BackgroundThread;
import dev.diptych.core.eventstore.Place;
import dev.diptych.core.query.Answer;
import dev.diptych.core.query.CheckpointWatch;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Tells everybody who follows a view what has changed in it. However many follow it, one thread, {@code live-<projection>},
 * reads each change once, from the read model, whenever the checkpoint has moved; while nobody follows, it reads nothing. It
 * lives from {@link #start} to {@link #close}. Safe for use by many threads.
 *
 * <p>Why no change is missed: a batch changes rows and checkpoint at once, and both are read at once; so the rows after
 * the cursor are all that have changed up to the checkpoint. Who joins reads what came before by itself, after it has
 * joined; and a follower that finds a gap between what it knows and what it is offered does the same.
 *
 * @param <R> the rows
 */
final class LiveFeed<R> implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(LiveFeed.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Changes that come in quick succession are told together, the first of them at once. */
    private static final Duration BREATH = Duration.ofMillis(20);

    private final LiveView<R> view;
    private final CheckpointWatch watch;
    private final Set<Follower<R>> followers = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Place> cursor = new AtomicReference<>(new Place("", 0));
    private final BackgroundThread thread;

    LiveFeed(LiveView<R> view, CheckpointWatch watch) {
        this.view = view;
        this.watch = watch;
        this.thread = new BackgroundThread("live-" + view.projection(), woken -> step());
    }

    void start() {
        thread.start();
    }

    /**
     * From now on, a follower is told what changes.
     *
     * @param from up to where it has seen everything
     */
    void join(Follower<R> follower, Place from) {
        synchronized (followers) {
            if (followers.isEmpty()) {
                cursor.set(from); // nothing was read while nobody followed
            }
            followers.add(follower);
        }
        thread.wake();
    }

    void leave(Follower<R> follower) {
        synchronized (followers) {
            followers.remove(follower);
        }
    }

    /** Up to where everything has been offered to those who follow. */
    Place cursor() {
        return cursor.get();
    }

    private Duration step() {
        if (followers.isEmpty()) {
            return UNTIL_WOKEN;
        }
        try {
            return advance(cursor.get()) ? Duration.ZERO : BREATH;
        } catch (RuntimeException e) { // followers lose nothing: the cursor stays where it is
            LOG.log(System.Logger.Level.DEBUG, "Cannot read the changes of " + view.projection(), e);
            return LOOK;
        }
    }

    /** Tells the next page of changes, once there are any; says whether there may be another one. */
    private boolean advance(Place before) {
        watch.awaitMove(view.projection(), before.position(), LOOK);
        Answer<List<R>> answer = view.changes().apply(before.position());
        Place now = answer.upTo();
        if (!now.reaches(
                before)) { // built again, and followed from there; or of another history, which each finds for itself
            followers.forEach(follower -> follower.offered(now, now.position()));
            cursor.compareAndSet(before, now);
            return false;
        }
        List<R> rows = answer.value();
        for (R row : rows) {
            var change = new Change<>(view, row, now.history());
            followers.forEach(follower -> follower.offer(change));
        }
        boolean more = rows.size() == LiveView.PAGE;
        Place after = more ? new Place(now.history(), view.position().applyAsLong(rows.getLast())) : now;
        followers.forEach(follower -> follower.offered(before, after.position()));
        cursor.compareAndSet(before, after); // unless all have left meanwhile, and another has joined elsewhere
        return more;
    }

    /** Ends the thread. */
    @Override
    public void close() {
        thread.close();
    }
}
