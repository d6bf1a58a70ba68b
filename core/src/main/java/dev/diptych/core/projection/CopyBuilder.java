package dev.diptych.core.projection;

import dev.diptych.core.background.BackgroundThread;
import dev.diptych.core.background.Backoff;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.projection.Generations.Copy;
import dev.diptych.core.projection.Generations.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Builds the copy of a rebuild, on the thread {@code projection-<name>-copy}, while the {@link ProjectionRunner} keeps
 * the rows that serve up to date. When the copy has caught up, it takes over, or is compared. Afterwards, and when the
 * node begins to run the projection, deletes unused rows. Idle unless this node runs the projection. Thread-safe.
 */
final class CopyBuilder implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(CopyBuilder.class.getName());

    /** The maximum number of rows that one statement deletes. */
    private static final int CHUNK = 2_000;

    /** The pause before another attempt to take over or to compare, after the rows that serve have advanced. */
    private static final Duration SHORT_PAUSE = Duration.ofMillis(5);

    private final LogReader log;
    private final ReadModelStore readModel;
    private final Generations generations;
    private final ProjectionRunner.Pace pace;
    private final Runnable onTakeOver;
    private final Backoff retries;
    private final BackgroundThread thread;

    private volatile boolean running;
    private volatile boolean clean;
    private volatile @Nullable String failure;

    /** Changed by the thread only. */
    private volatile @Nullable Building building;

    private record Building(int generation, CatchUp catchUp, EventStore.Subscription subscription) {}

    /**
     * Creates a builder and does not start it.
     *
     * @param onTakeOver called when the copy serves
     */
    CopyBuilder(LogReader log, ReadModelStore readModel, ProjectionRunner.Pace pace, Runnable onTakeOver) {
        this.log = log;
        this.readModel = readModel;
        this.generations = readModel.generations();
        this.pace = pace;
        this.onTakeOver = onTakeOver;
        this.retries = new Backoff(pace.firstRetry(), pace.longestRetry());
        this.thread = new BackgroundThread(name(), woken -> step(), this::stopBuilding);
    }

    private String name() {
        return "projection-" + readModel.projection() + "-copy";
    }

    /** Called when this node runs the projection, with the current status. */
    void run(Status status) {
        boolean begins = !running;
        running = true;
        if (begins) {
            clean = false;
        }
        thread.ensureStarted();
        if (begins || building != null || ownCopy(status).isPresent()) {
            thread.wake();
        }
    }

    /** Called when this node does not run the projection. The current batch is still applied. */
    void pause() {
        if (running) {
            running = false;
            thread.wake();
        }
    }

    /** Why the copy does not advance; empty if it does, or there is none. */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    private Optional<Copy> ownCopy(Status status) {
        return status.copy().filter(copy -> copy.version() == generations.version());
    }

    private Duration step() {
        try {
            Duration pause = running ? advance() : idle();
            failure = null;
            retries.reset();
            return pause;
        } catch (RuntimeException e) {
            if (failure == null) {
                LOG.log(System.Logger.Level.ERROR, name() + " failed: " + e.getMessage(), e);
            }
            failure = String.valueOf(e.getMessage());
            return retries.next();
        }
    }

    private Duration idle() {
        stopBuilding();
        return BackgroundThread.UNTIL_WOKEN;
    }

    private Duration advance() {
        Optional<Copy> copy = ownCopy(generations.status());
        if (copy.isPresent()) {
            return build(copy.get());
        }
        if (building != null) { // cancelled, or taken over by another node
            stopBuilding();
            clean = false;
        }
        if (!clean) {
            clean = !generations.deleteUnused(CHUNK);
            return SHORT_PAUSE;
        }
        return BackgroundThread.UNTIL_WOKEN;
    }

    private Duration build(Copy copy) {
        boolean toCompare = copy.comparing() && copy.comparison().isEmpty();
        boolean advanced = catchUp(copy).applyNext(toCompare ? readModel.checkpoint() : Long.MAX_VALUE);
        if (toCompare) {
            return compare(copy, advanced);
        }
        if (copy.comparing()) {
            return advanced ? Duration.ZERO : pace.poll();
        }
        if (generations.takeOver(copy.generation(), advanced ? OptionalLong.empty() : lostCheckpoint())) {
            stopBuilding();
            clean = false;
            onTakeOver.run();
            return Duration.ZERO;
        }
        return advanced ? Duration.ZERO : SHORT_PAUSE;
    }

    private Duration compare(Copy copy, boolean advanced) {
        if (generations.compare(copy.generation()) || advanced) {
            return Duration.ZERO;
        }
        if (lostCheckpoint().isPresent()) {
            throw new IllegalStateException(
                    "The rows that serve reflect events that were lost, so the copy cannot reach"
                            + " their checkpoint. Rebuild without a comparison.");
        }
        return copy.position() > readModel.checkpoint() ? pace.poll() : SHORT_PAUSE;
    }

    /** A checkpoint beyond the last event, which is read after it. */
    private OptionalLong lostCheckpoint() {
        long serving = readModel.checkpoint();
        return serving > log.store().head() ? OptionalLong.of(serving) : OptionalLong.empty();
    }

    private CatchUp catchUp(Copy copy) {
        Building current = building;
        if (current == null || current.generation() != copy.generation()) {
            stopBuilding();
            var rows = new CopyRows(readModel, copy.generation());
            current = new Building(
                    copy.generation(), new CatchUp(log, rows, pace, name() + "-ahead"), log.onAppend(this::appended));
            building = current;
        }
        return current.catchUp();
    }

    /** An append does not shorten the pause before a retry. */
    private void appended() {
        if (failure == null) {
            thread.wake();
        }
    }

    private void stopBuilding() {
        Building current = building;
        if (current != null) {
            current.subscription().close();
            current.catchUp().close();
            building = null;
        }
    }

    /** Ends the thread after the current batch. */
    @Override
    public void close() {
        thread.close();
    }

    /** The copy of a rebuild, as a read model to which {@link CatchUp} applies batches. */
    private record CopyRows(ReadModelStore readModel, int generation) implements ReadModelStore {

        @Override
        public String projection() {
            return readModel.projection();
        }

        @Override
        public long checkpoint() {
            return readModel
                    .generations()
                    .status()
                    .copy()
                    .filter(copy -> copy.generation() == generation)
                    .map(Copy::position)
                    .orElse(0L); // the copy is gone, and no batch will be applied to it
        }

        @Override
        public boolean apply(Batch batch) {
            return readModel.apply(batch, generation);
        }

        @Override
        public boolean apply(Batch batch, int copy) {
            return readModel.apply(batch, copy);
        }

        @Override
        public int maxBatch() {
            return readModel.maxBatch();
        }

        @Override
        public Generations generations() {
            return readModel.generations();
        }
    }
}
