package dev.diptych.core.automation;

import dev.diptych.core.automation.ItemCommand.DismissItem;
import dev.diptych.core.automation.ItemCommand.RetryItem;
import dev.diptych.core.automation.TodoList.Open;
import dev.diptych.core.background.BackgroundThread;
import dev.diptych.core.command.CommandBus;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.Text;
import dev.diptych.core.projection.Lease;
import dev.diptych.core.projection.Lease.Turn;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Sends the commands of the due items of one to-do list, and leaves it to the resulting events to tick the items off.
 * Of several nodes, the holder of the {@link Lease} sends, after its list has passed the highest event that was
 * committed when it took the lease. Each item has a command id, so a command that is sent again is done once. An item
 * that cannot be done is parked, by a command as well.
 *
 * <p>It has a thread, {@code automation-<name>}, from {@link #start} to {@link #close}, and a virtual thread for each
 * command. Thread-safe.
 *
 * @param <W> the type of what there is to do
 */
public final class AutomationWorker<W> implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(AutomationWorker.class.getName());

    /** Shorter than any lease: within this time of a call, another node cannot have had it. */
    private static final Duration LEASE_CERTAIN = Duration.ofSeconds(2);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(8);

    private final Automation<?, W> automation;
    private final Duration delay;
    private final TodoList<W> list;
    private final Lease lease;
    private final Pace pace;
    private final Barrier barrier;
    private final InProgress inProgress;
    private final ItemSender<W> sender;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BackgroundThread thread;

    /** A time of {@link System#nanoTime}; used by the thread only. */
    private long heldAt = System.nanoTime();

    private volatile State state = State.STANDBY;

    /**
     * The limits and intervals of a worker.
     *
     * @param concurrency the maximum number of commands at the same time; at least 1
     * @param poll the maximum time between two reads of the list; well below the length of the lease
     * @param firstRetry the pause after the first failure of an item; each further failure in a row doubles the pause
     * @param longestRetry the maximum pause after a failure
     * @param attempts the number of failures in a row after which an item is parked
     */
    public record Pace(int concurrency, Duration poll, Duration firstRetry, Duration longestRetry, int attempts) {

        /** 8 commands at the same time, a poll every second, 10 attempts with pauses of 1 second to 5 minutes. */
        public static final Pace DEFAULT =
                new Pace(8, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMinutes(5), 10);
    }

    /** The state of a worker. */
    public enum State {
        /** It sends commands when items are due. */
        RUNNING,
        /** Its list has not passed the highest event that was committed when it began. */
        BEHIND,
        /** Another node sends them; this one is ready to take over. */
        STANDBY,
        /** The list is paused. */
        PAUSED,
        /** The rows of the list are of another version of the fold. */
        OTHER_VERSION,
        /** The store cannot be reached, or the list cannot be read; it retries after a pause. */
        FAILED,
        /** It was not started, or is closed. */
        STOPPED
    }

    /**
     * Creates a worker and does not start it.
     *
     * @param delay added to the due time of each item
     * @param commands also has the handler of {@link ItemCommand}
     * @param writer the store to which the commands append
     * @param metadata parses the metadata of an event
     */
    public AutomationWorker(
            Automation<?, W> automation,
            Duration delay,
            TodoList<W> list,
            CommandBus commands,
            EventStore writer,
            Function<String, Map<String, String>> metadata,
            Lease lease,
            Pace pace) {
        this.automation = automation;
        this.delay = delay;
        this.list = list;
        this.lease = lease;
        this.pace = pace;
        this.barrier = new Barrier(writer);
        this.inProgress = new InProgress(pace);
        this.sender = new ItemSender<>(automation, commands, writer, metadata, inProgress, pace.attempts());
        this.thread = new BackgroundThread("automation-" + automation.name(), woken -> step(), this::end);
    }

    /** Starts the thread. */
    public void start() {
        thread.start();
    }

    /** Called when the list may have changed. */
    public void wake() {
        thread.wake();
    }

    /** The name of the automation. */
    public String name() {
        return automation.name();
    }

    /** The list. */
    public TodoList<W> list() {
        return list;
    }

    /** The state as this node knows it. */
    public State state() {
        return thread.isRunning() ? state : State.STOPPED;
    }

    /**
     * Sends the command of a parked item again, on whichever node.
     *
     * @return false when no item with this key is parked
     */
    public boolean retry(String key) {
        return mayBeKey(key) && sender.decide(new RetryItem(name(), key, now()));
    }

    /**
     * Removes a parked item from the list.
     *
     * @return false when no item with this key is parked
     */
    public boolean dismiss(String key) {
        return mayBeKey(key) && sender.decide(new DismissItem(name(), key, now()));
    }

    private static boolean mayBeKey(String key) {
        return Text.isText(key, Automation.MAX_KEY);
    }

    private Instant now() {
        return list.open(Set.of(), 1).now();
    }

    /** Begins no more commands, and waits for those that it has begun, up to 8 seconds. */
    @Override
    public void close() {
        thread.close();
    }

    private Duration step() {
        try {
            Turn turn = lease.hold();
            if (System.nanoTime() - heldAt > LEASE_CERTAIN.toNanos()) {
                barrier.drop(); // the lease may have expired, and another node may have had it
            }
            heldAt = System.nanoTime();
            if (turn == Turn.MINE) {
                return sendDueItems();
            }
            barrier.drop();
            state = turn == Turn.PAUSED ? State.PAUSED : State.STANDBY;
            return pace.poll();
        } catch (RuntimeException e) {
            barrier.drop();
            state = State.FAILED;
            throw e; // the thread logs it, and retries after a pause
        }
    }

    /** Reads the list once; without a pause afterwards if the next read may find more. */
    private Duration sendDueItems() {
        Open<W> seen = list.open(inProgress.aggregates(), pace.concurrency() + 1);
        if (!mayBeSent(seen)) {
            return inProgress.pause();
        }
        boolean changed = inProgress.release(seen.upTo());
        Duration next = pace.poll();
        for (Item<W> item : seen.items()) {
            Instant due = item.task().dueAt().plus(delay);
            if (due.isAfter(seen.now())) {
                next = Duration.between(seen.now(), due);
                break;
            }
            changed |= begin(item, seen);
        }
        return changed && inProgress.hasSlot() ? Duration.ZERO : least(least(next, inProgress.pause()), pace.poll());
    }

    private boolean mayBeSent(Open<W> seen) {
        boolean passed = barrier.isPassedBy(seen);
        boolean own = seen.version() == automation.version();
        state = passed && own ? State.RUNNING : own || seen.isNew() ? State.BEHIND : State.OTHER_VERSION;
        return passed && own;
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private boolean begin(Item<W> item, Open<W> seen) {
        boolean begun = inProgress.begin(item.task().aggregate());
        if (begun) {
            threads.execute(() -> {
                try {
                    sender.send(item, seen);
                } finally {
                    thread.wake();
                }
            });
        }
        return begun;
    }

    private void end() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
            lease.release();
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The lease of automation " + name() + " was not released and will expire", e);
        }
    }
}
