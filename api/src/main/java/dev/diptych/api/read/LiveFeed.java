package dev.diptych.api.read;

import dev.diptych.core.eventstore.Place;
import dev.diptych.core.projection.Answer;
import dev.diptych.core.projection.CheckpointWatch;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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
    private final Semaphore nudges = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    LiveFeed(LiveView<R> view, CheckpointWatch watch) {
        this.view = view;
        this.watch = watch;
        this.thread =
                Thread.ofPlatform().name("live-" + view.projection()).daemon().unstarted(this::run);
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
        nudges.release();
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

    private void run() {
        try {
            while (!closed) {
                if (followers.isEmpty()) {
                    nudges.acquire();
                } else {
                    follow();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() throws InterruptedException {
        long pause = BREATH.toMillis();
        try {
            if (advance(cursor.get())) {
                return;
            }
        } catch (RuntimeException e) { // those who follow lose nothing: the cursor stays where it is
            LOG.log(System.Logger.Level.DEBUG, "Cannot read the changes of " + view.projection(), e);
            pause = LOOK.toMillis();
        }
        if (!closed) {
            nudges.tryAcquire(pause, TimeUnit.MILLISECONDS);
            nudges.drainPermits(); // of all who have joined; whoever closes is asked for above
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

    /** Ends the thread, for which it waits up to 5 seconds. */
    @Override
    public void close() {
        closed = true;
        nudges.release();
        try {
            if (thread.isAlive() && !thread.join(Duration.ofSeconds(5))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
