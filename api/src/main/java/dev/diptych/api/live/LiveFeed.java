package dev.diptych.api.live;

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
 * Publishes the changes of a view to its followers. One thread, {@code live-<projection>}, reads each change once for
 * all followers, when the projection's checkpoint has changed. Without followers it reads nothing. It runs from
 * {@link #start} to {@link #close}. Thread-safe.
 *
 * <p>No change is missed: a batch updates rows and checkpoint atomically, and one snapshot returns both, so the rows
 * after the cursor are all rows that have changed up to the checkpoint. A new follower reads earlier changes from the
 * view after it has joined. A follower that detects a gap before the changes that it is offered does the same.
 *
 * @param <R> the type of the rows
 */
public final class LiveFeed<R> implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(LiveFeed.class.getName());
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    /** Changes in quick succession are published together, and the first of them immediately. */
    private static final Duration MIN_INTERVAL = Duration.ofMillis(20);

    private final LiveView<R> view;
    private final CheckpointWatch watch;
    private final Set<Follower<R>> followers = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Place> cursor = new AtomicReference<>(new Place("", 0));
    private final BackgroundThread thread;

    /**
     * Creates a feed of a view and does not start it.
     *
     * @param watch the watch on the checkpoint of the view's projection
     */
    public LiveFeed(LiveView<R> view, CheckpointWatch watch) {
        this.view = view;
        this.watch = watch;
        this.thread = new BackgroundThread("live-" + view.projection(), woken -> step());
    }

    /** Starts the thread. */
    public void start() {
        thread.start();
    }

    /**
     * Adds a follower, which is offered every later change.
     *
     * @param from the place up to which the follower has received every change
     */
    void join(Follower<R> follower, Place from) {
        synchronized (followers) {
            if (followers.isEmpty()) {
                cursor.set(from); // nothing was read without followers
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

    /** Returns the place up to which every change has been offered to the followers. */
    Place cursor() {
        return cursor.get();
    }

    private Duration step() {
        if (followers.isEmpty()) {
            return UNTIL_WOKEN;
        }
        try {
            return advance(cursor.get()) ? Duration.ZERO : MIN_INTERVAL;
        } catch (RuntimeException e) { // no change is lost: the cursor is unchanged
            LOG.log(System.Logger.Level.DEBUG, "Cannot read the changes of " + view.projection(), e);
            return POLL_INTERVAL;
        }
    }

    /** Waits for changes and publishes one page of them; returns whether there may be more. */
    private boolean advance(Place before) {
        watch.awaitMove(view.projection(), before.position(), POLL_INTERVAL);
        Answer<List<R>> answer = view.changes().apply(before.position());
        Place now = answer.rowsUpTo();
        if (!now.reaches(before)) { // another edition, which followers detect
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
        cursor.compareAndSet(before, after); // fails if all followers have left, and a new one has set the cursor
        return more;
    }

    /** Ends the thread. */
    @Override
    public void close() {
        thread.close();
    }
}
