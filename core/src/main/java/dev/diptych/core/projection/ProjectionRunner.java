package dev.diptych.core.projection;

import dev.diptych.core.background.BackgroundThread;
import dev.diptych.core.background.Backoff;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.projection.Lease.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one read model up to date: applies the events after its checkpoint in batches, which it takes from the
 * {@link LogReader} of the node, then waits until an append wakes it. At an event that it cannot apply, it stops,
 * reports the {@link #failure}, and retries with exponential backoff until the event can be applied. Of several nodes,
 * the holder of the {@link Lease} runs the projection; the others stand by. It also builds the copy of a rebuild, on a
 * thread of its own. Rows of another {@link Projection#version} are left as they are.
 *
 * <p>It has one thread, {@code projection-<name>}, from {@link #start} to {@link #close}; while it is far behind, a
 * second thread prefetches. Thread-safe.
 */
public final class ProjectionRunner implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ProjectionRunner.class.getName());

    private final LogReader log;
    private final CatchUp catchUp;
    private final ReadModelStore readModel;
    private final Pace pace;
    private final Lease lease;
    private final ReentrantLock leaseLock = new ReentrantLock();
    private final BackgroundThread thread;
    private final Backoff retries;
    private final Generations generations;
    private final CopyBuilder copyBuilder;

    private EventStore.@Nullable Subscription subscription;
    private volatile @Nullable Failure failure;
    private volatile Turn turn = Turn.MINE;
    private volatile boolean ofAnotherVersion;

    /** Set when the generations may have changed; otherwise they are read again after the poll interval. */
    private volatile boolean changed = true;

    private long statusReadAt;

    /**
     * The limits and intervals of a runner.
     *
     * @param batchSize the maximum number of events in one batch; at least 1
     * @param poll the maximum time between two reads of the store, without a wake-up; must be well below the length of
     *     the lease
     * @param firstRetry the pause after the first failure; each further failure in a row doubles the pause
     * @param longestRetry the maximum pause after a failure
     */
    public record Pace(int batchSize, Duration poll, Duration firstRetry, Duration longestRetry) {

        /** Batches of up to 20,000 events, a poll every second, retries after 100 ms to 10 s. */
        public static final Pace DEFAULT =
                new Pace(20_000, Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofSeconds(10));
    }

    /** The state of a runner. */
    public enum State {
        /** It applies events as they are appended. */
        RUNNING,
        /** Another node applies them; this one is ready to take over. */
        STANDBY,
        /** An operator has paused the projection. */
        PAUSED,
        /** It has failed, and retries after a pause. */
        FAILED,
        /** The rows that serve are of another version of the fold: this node applies no events to them. */
        OTHER_VERSION,
        /** It was not started, or is closed. */
        STOPPED
    }

    /**
     * Why a projection does not advance.
     *
     * @param event the event that cannot be applied; empty when the failure is not caused by one event
     * @param error the message of the last failure
     * @param attempts the number of failed attempts in a row
     * @param since the time of the first failed attempt
     */
    public record Failure(Optional<PoisonedEvent> event, String error, int attempts, Instant since) {}

    /**
     * An event that a projection cannot apply.
     *
     * @param position its position
     * @param type the name of its type
     */
    public record PoisonedEvent(long position, String type) {}

    /** Creates a runner for a single node and does not start it. */
    public ProjectionRunner(EventStore store, EventCodec codec, ReadModelStore readModel, Pace pace) {
        this(new LogReader(store, codec), readModel, pace, new Lease.Sole());
    }

    /**
     * Creates a runner that applies events while this node holds the lease, and does not start it.
     *
     * @param log reads the events; shared by all runners of a node
     */
    public ProjectionRunner(LogReader log, ReadModelStore readModel, Pace pace, Lease lease) {
        String name = "projection-" + readModel.projection();
        this.log = log;
        this.catchUp = new CatchUp(log, readModel, pace, name + "-ahead");
        this.readModel = readModel;
        this.pace = pace;
        this.lease = lease;
        this.retries = new Backoff(pace.firstRetry(), pace.longestRetry());
        this.generations = readModel.generations();
        this.copyBuilder = new CopyBuilder(log, readModel, pace, this::generationsChanged);
        this.thread = new BackgroundThread(name, woken -> step(), this::end);
    }

    /**
     * Starts the thread.
     *
     * @throws IllegalStateException when it was started before
     */
    public synchronized void start() {
        if (subscription != null) {
            throw new IllegalStateException("Projection " + readModel.projection() + " was started before");
        }
        subscription = log.onAppend(this::appended); // before the first step, so that no append is missed
        thread.start();
    }

    /**
     * Pauses the projection on all nodes until {@link #resume}: on this node after the current batch, on other nodes
     * within about a second.
     *
     * @throws dev.diptych.core.eventstore.StoreUnavailableException when the store cannot be reached
     */
    public void pause() {
        turn(() -> {
            lease.pause();
            return Turn.PAUSED;
        });
        thread.wake();
    }

    /**
     * Ends a pause, and retries a failed batch: on this node immediately, on other nodes within about a second.
     *
     * @throws dev.diptych.core.eventstore.StoreUnavailableException when the store cannot be reached
     */
    public void resume() {
        turn(() -> {
            lease.resume();
            return lease.hold();
        });
        thread.wake();
    }

    /**
     * Starts a rebuild: the node that runs the projection with this program's version builds a copy from the first
     * event, which then takes over. A rebuild of this version that is in progress continues; one of another version is
     * cancelled.
     *
     * @param compare whether the copy is compared with the rows that serve, and takes over only when this method is
     *     called again with false
     * @throws dev.diptych.core.eventstore.StoreUnavailableException when the store cannot be reached
     */
    public void rebuild(boolean compare) {
        generations.start(compare);
        generationsChanged();
    }

    /**
     * Cancels a rebuild, if there is one.
     *
     * @throws dev.diptych.core.eventstore.StoreUnavailableException when the store cannot be reached
     */
    public void cancelRebuild() {
        generations.cancel();
        generationsChanged();
    }

    private void generationsChanged() {
        changed = true;
        thread.wake();
    }

    /** Why the copy of a rebuild does not advance on this node; empty if it does, or there is none. */
    public Optional<String> copyFailure() {
        return copyBuilder.failure();
    }

    /** The version of the projection's fold on this node. */
    public int version() {
        return generations.version();
    }

    /** The projection's name. */
    public String name() {
        return readModel.projection();
    }

    /** The current failure, if any; available also while the store is unavailable. */
    public Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    /** The state as this node knows it; available also while the store is unavailable. */
    public State state() {
        if (!thread.isRunning()) {
            return State.STOPPED;
        }
        if (turn == Turn.PAUSED) {
            return State.PAUSED;
        }
        if (failure != null) {
            return State.FAILED;
        }
        if (turn != Turn.MINE) {
            return State.STANDBY;
        }
        return ofAnotherVersion ? State.OTHER_VERSION : State.RUNNING;
    }

    /** Ends the thread after the current batch, and waits for that up to 10 seconds. */
    @Override
    public synchronized void close() {
        if (subscription != null) {
            subscription.close();
        }
        thread.close();
    }

    /** Wakes the thread if this node holds the lease; an append does not shorten the pause before a retry. */
    private void appended() {
        if (turn == Turn.MINE && failure == null) {
            thread.wake();
        }
    }

    /** Serializes calls to the lease, so that the last result is kept. */
    private void turn(Supplier<Turn> call) {
        leaseLock.lock();
        try {
            turn = call.get();
        } finally {
            leaseLock.unlock();
        }
    }

    private Duration step() {
        try {
            turn(lease::hold);
            boolean applies = turn == Turn.MINE && isOwnVersion();
            if (turn != Turn.MINE) {
                copyBuilder.pause();
                changed = true;
            }
            boolean advanced = applies && catchUp.applyNext();
            boolean recovered = failure != null; // appends during this step did not wake the thread
            failure = null;
            retries.reset();
            return advanced || recovered ? Duration.ZERO : pace.poll();
        } catch (PoisonedEventException e) {
            return failed(Optional.of(new PoisonedEvent(e.position(), e.event())), e);
        } catch (RuntimeException e) {
            return failed(Optional.empty(), e);
        }
    }

    /** Reads the generations if they may have changed, and passes them to the builder of the copy. */
    private boolean isOwnVersion() {
        if (changed || System.nanoTime() - statusReadAt >= pace.poll().toNanos()) {
            if (changed) {
                catchUp.forgetCheckpoint();
                changed = false;
            }
            statusReadAt = System.nanoTime();
            Generations.Status status = generations.status();
            ofAnotherVersion = status.version() != generations.version();
            copyBuilder.run(status);
        }
        return !ofAnotherVersion;
    }

    private Duration failed(Optional<PoisonedEvent> event, RuntimeException e) {
        String error = String.valueOf(e.getMessage());
        Failure before = failure;
        if (before != null && before.event().equals(event)) {
            failure = new Failure(event, error, before.attempts() + 1, before.since());
        } else {
            failure = new Failure(event, error, 1, Instant.now());
            retries.reset();
            LOG.log(System.Logger.Level.ERROR, "Projection " + readModel.projection() + " failed: " + error, e);
        }
        return retries.next();
    }

    private void end() {
        copyBuilder.close();
        catchUp.close();
        try {
            turn(() -> {
                lease.release();
                return turn;
            });
        } catch (RuntimeException e) {
            String message = "The lease of projection " + readModel.projection() + " was not released and will expire";
            LOG.log(System.Logger.Level.WARNING, message, e);
        }
    }
}
