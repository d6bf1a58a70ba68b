package dev.diptych.core.projection;

import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.Place;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.core.projection.Lease.Turn;
import dev.diptych.core.projection.ProjectionStatus.Failure;
import dev.diptych.core.projection.ProjectionStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one read model up to date: reads the events after its checkpoint, applies them in batches, and waits to be woken
 * when there are no more. An event that cannot be applied stops it there, visibly; it tries again with growing pauses,
 * and goes on when the cause is gone. A batch that the store does not manage comes again in smaller parts. Of several
 * nodes, one runs it and the others stand by, as its {@link Lease} says.
 *
 * <p>It has one thread, {@code projection-<name>}, from {@link #start} to {@link #close}; while it is far behind, another
 * one reads ahead. All methods are safe for use by many threads.
 */
public final class ProjectionRunner implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ProjectionRunner.class.getName());

    private final EventStore store;
    private final BatchReader reader;
    private final ReadModelStore readModel;
    private final Pace pace;
    private final Lease lease;
    private final ReentrantLock turns = new ReentrantLock();
    private final Gate gate = new Gate();
    private final Thread thread;

    private EventStore.@Nullable Subscription subscription;
    private volatile @Nullable Failure failure;
    private volatile Turn turn = Turn.MINE;

    /** Where the read model is known to be: at an event. */
    private Place reached = new Place("", 0);

    /** The most events in the next batch: half of one that the store did not manage, and after each other an eighth more. */
    private int size;

    /**
     * How a runner paces itself.
     *
     * @param batchSize the most events in one batch, from 1
     * @param poll how long it waits for a wake-up before it looks for itself; well below the length of its lease
     * @param firstRetry how long it pauses after a failure; each failure in a row doubles the pause
     * @param longestRetry the longest pause after a failure
     */
    public record Pace(int batchSize, Duration poll, Duration firstRetry, Duration longestRetry) {

        /** Batches of up to 20,000, a look every second, retries after 100 ms up to 10 s. */
        public static final Pace DEFAULT =
                new Pace(20_000, Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofSeconds(10));

        private Duration retryAfter(int attempts) {
            Duration pause = firstRetry.multipliedBy(1L << Math.min(attempts - 1, 20));
            return pause.compareTo(longestRetry) < 0 ? pause : longestRetry;
        }
    }

    /** A runner on a single node, which has not been started. */
    public ProjectionRunner(EventStore store, EventCodec codec, ReadModelStore readModel, Pace pace) {
        this(store, codec, readModel, pace, new SoleLease());
    }

    /** A runner that works while this node has the lease, and has not been started. */
    public ProjectionRunner(EventStore store, EventCodec codec, ReadModelStore readModel, Pace pace, Lease lease) {
        this.lease = lease;
        this.store = store;
        this.readModel = readModel;
        this.pace = pace;
        this.size = pace.batchSize();
        String name = "projection-" + readModel.projection();
        this.reader = new BatchReader(store, codec, name + "-ahead");
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    /**
     * Starts the thread.
     *
     * @throws IllegalStateException when it has been started before
     */
    public synchronized void start() {
        if (subscription != null) {
            throw new IllegalStateException("Projection " + readModel.projection() + " has been started before");
        }
        subscription = store.onAppend(gate::wake); // before the first look, so that no append falls between the two
        thread.start();
    }

    /**
     * Stops applying events after the batch that is being applied, here at once and on other nodes within about a second,
     * until somebody resumes it.
     *
     * @throws dev.diptych.core.eventstore.StoreUnavailableException when the store cannot be told
     */
    public void pause() {
        turn(() -> {
            lease.pause();
            return Turn.PAUSED;
        });
        gate.sendOn();
    }

    /**
     * Goes on after a pause, or tries again at once after a failure; on another node, within about a second.
     *
     * @throws dev.diptych.core.eventstore.StoreUnavailableException when the store cannot be told
     */
    public void resume() {
        turn(() -> {
            lease.resume();
            return lease.hold();
        });
        gate.sendOn();
    }

    /**
     * Throws the read model away and has it built again from the first event, by whichever node runs the projection.
     *
     * @throws dev.diptych.core.eventstore.StoreUnavailableException when the store cannot be told
     */
    public void rebuild() {
        readModel.reset();
        gate.sendOn();
    }

    /** Whatever is asked of the lease, one call at a time, so that the answer that counts is the last one. */
    private void turn(Supplier<Turn> question) {
        turns.lock();
        try {
            turn = question.get();
        } finally {
            turns.unlock();
        }
    }

    /** The projection's name. */
    public String name() {
        return readModel.projection();
    }

    /** What it stumbles over, while it does; known also while the store is away. */
    public Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * How the projection is doing.
     *
     * @throws dev.diptych.core.eventstore.StoreUnavailableException when the store cannot be asked how far it is
     */
    public ProjectionStatus status() {
        long checkpoint = readModel.checkpoint();
        return new ProjectionStatus(readModel.projection(), state(), checkpoint, store.head(), failure());
    }

    /** What it does, as far as this node knows; known also while the store is away. */
    public State state() {
        if (!thread.isAlive()) {
            return State.STOPPED;
        }
        if (turn == Turn.PAUSED) {
            return State.PAUSED;
        }
        if (failure != null) {
            return State.FAILED;
        }
        return turn == Turn.MINE ? State.RUNNING : State.STANDBY;
    }

    /** Ends the thread after the batch that is being applied, and waits for that up to 10 seconds. */
    @Override
    public synchronized void close() {
        if (subscription != null) {
            subscription.close();
        }
        gate.shut();
        try {
            if (thread.isAlive() && !thread.join(Duration.ofSeconds(10))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (gate.mayGoOn()) {
                if (!runOnce()) {
                    rest();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            reader.close();
            letGo();
        }
    }

    private void rest() throws InterruptedException {
        Failure trouble = failure;
        if (trouble != null) {
            gate.awaitDecision(pace.retryAfter(trouble.attempts()));
        } else if (turn != Turn.MINE) {
            gate.awaitDecision(pace.poll()); // events are for the node that has the lease
        } else {
            gate.awaitWake(pace.poll());
        }
    }

    private void letGo() {
        try {
            turn(() -> {
                lease.release();
                return turn;
            });
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "The lease of projection " + readModel.projection() + " runs out", e);
        }
    }

    /** Applies one batch; says whether to go on at once. */
    private boolean runOnce() {
        try {
            turn(lease::hold);
            boolean more = turn == Turn.MINE && advance();
            failure = null;
            return more;
        } catch (PoisonedEventException e) {
            failed(e.position(), e.event(), e);
        } catch (RuntimeException e) {
            failed(0, "", e);
        }
        return false;
    }

    private boolean advance() {
        long after = readModel.checkpoint();
        Batch batch = reader.after(after, size);
        requireEventAt(new Place(batch.history(), after));
        if (batch.events().isEmpty()) {
            return false;
        }
        try {
            boolean applied = apply(batch);
            size = Math.min(pace.batchSize(), size + size / 8 + 1);
            return applied;
        } catch (StoreUnavailableException e) { // it may have been too much for the time that a statement has
            size = Math.max(1, batch.events().size() / 2);
            throw e;
        } catch (PoisonedEventException e) {
            Batch healthy = batch.before(e.position());
            if (healthy.events().isEmpty()) {
                throw e;
            }
            return apply(healthy);
        }
    }

    private boolean apply(Batch batch) {
        boolean applied = readModel.apply(batch);
        if (applied) {
            reached = new Place(batch.history(), batch.through());
        }
        return applied;
    }

    /**
     * Looks whether the event is there up to which the read model has come, unless it was applied here. If it is not,
     * events were lost that the rows reflect, and those that get their positions would be passed over.
     */
    private void requireEventAt(Place checkpoint) {
        if (checkpoint.equals(reached) || checkpoint.position() == 0) {
            return;
        }
        List<RecordedEvent> found = store.readAll(checkpoint.position() - 1, 1).events();
        if (found.isEmpty() && checkpoint.position() <= store.head()) {
            return; // it is held back at this moment
        }
        boolean there = !found.isEmpty() && found.getFirst().position() == checkpoint.position();
        if (there) {
            reached = checkpoint;
        } else if (readModel.checkpoint() == checkpoint.position()) { // else it was that of before a fail-over
            throw new IllegalStateException("It has applied events up to position " + checkpoint.position()
                    + ", where there is no event any more: events were lost. Rebuild it.");
        }
    }

    private void failed(long position, String event, RuntimeException e) {
        Failure before = failure;
        String error = String.valueOf(e.getMessage());
        if (before != null && before.position() == position) {
            failure = before.again(error);
            return;
        }
        failure = new Failure(position, event, error, 1, Instant.now());
        LOG.log(System.Logger.Level.ERROR, "Projection " + readModel.projection() + " has stopped: " + error, e);
    }
}
