package dev.diptych.api.lab;

import static dev.diptych.core.background.BackgroundThread.UNTIL_WOKEN;

import dev.diptych.api.http.input.Parameters;
import dev.diptych.api.http.input.Places;
import dev.diptych.api.http.server.EventStream;
import dev.diptych.api.http.server.EventStreams;
import dev.diptych.api.lab.FeedState.ProjectionItem;
import dev.diptych.api.operations.AutomationResponse;
import dev.diptych.api.operations.ProjectionResponse;
import dev.diptych.core.automation.events.AutomationEvent;
import dev.diptych.core.automation.events.AutomationEvent.ItemParked;
import dev.diptych.core.background.BackgroundThread;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.Place;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.core.eventstore.UnreadableEventException;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One event stream of everything that happens: the state, then each event and each change of the state. One thread,
 * {@code lab-feed}, looks at the store for all clients; without clients, it reads nothing. It runs from {@link #start}
 * to {@link #close}. Thread-safe.
 */
public final class LabFeed implements AutoCloseable {

    private static final int MAX_STREAMS = 32;

    /** Changes in quick succession are sent together, and the first of them immediately. */
    private static final Duration MIN_INTERVAL = Duration.ofMillis(50);

    /** For changes that do not wake the thread, such as those by other nodes. */
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    /** Items of automations are counted, which takes longer than the other reads. */
    private static final Duration COUNT_INTERVAL = Duration.ofSeconds(1);

    private final EventStore events;
    private final EventCodec codec;
    private final Sources sources;
    private final EventStreams streams;
    private final Set<FeedListener> listeners = ConcurrentHashMap.newKeySet();
    private final BackgroundThread thread = new BackgroundThread("lab-feed", woken -> step());
    private EventStore.@Nullable Subscription subscription;

    // Used by the thread only.
    private final RecentEvents recent;
    private @Nullable FeedState known;
    private long countedAt;

    /**
     * Where the state comes from.
     *
     * @param projections returns the projections of this node
     * @param readModels their read models
     * @param automations returns the automations of this node
     * @param held the append that this node may hold open
     */
    public record Sources(
            Supplier<List<ProjectionResponse>> projections,
            List<LabReadModel> readModels,
            Supplier<List<AutomationResponse>> automations,
            HeldAppend held) {

        private List<ProjectionItem> items() {
            Map<String, Long> delays = readModels.stream()
                    .collect(Collectors.toMap(
                            LabReadModel::projection, model -> model.pause().toMillis()));
            return projections.get().stream()
                    .map(each -> new ProjectionItem(each, delays.getOrDefault(each.name(), 0L)))
                    .toList();
        }
    }

    /** Creates a feed and does not start it. */
    public LabFeed(EventStore events, EventCodec codec, Sources sources, EventStreams.Limits limits) {
        this.events = events;
        this.codec = codec;
        this.sources = sources;
        this.streams = new EventStreams(limits.atMost(MAX_STREAMS));
        this.recent = new RecentEvents(events);
    }

    /** Starts the thread. */
    public synchronized void start() {
        subscription = events.onAppend(this::wake);
        streams.start();
        thread.start();
    }

    /** The number of open streams. */
    public int open() {
        return streams.open();
    }

    /** Called when something may have changed. */
    public void wake() {
        if (!listeners.isEmpty()) {
            thread.wake();
        }
    }

    /** Sends an event to all clients. */
    public void publish(String name, Object data) {
        if (!listeners.isEmpty()) {
            publish(EventStream.event(name, data));
        }
    }

    private void publish(byte[] event) {
        listeners.stream().filter(FeedListener::isWelcomed).forEach(listener -> listener.offer(event));
    }

    void serve(Context ctx) {
        var parameters = new Parameters(ctx);
        Optional<Place> last = Places.lastEventId(ctx, parameters);
        parameters.check();
        streams.serve(ctx, out -> {
            var listener = new FeedListener(out, last);
            listeners.add(listener);
            thread.wake();
            try {
                listener.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                listeners.remove(listener);
            }
        });
    }

    private Duration step() throws InterruptedException {
        if (listeners.isEmpty()) {
            known = null;
            return UNTIL_WOKEN;
        }
        try {
            look();
        } catch (StoreUnavailableException e) {
            known = null;
            listeners.forEach(listener -> listener.end(EventStreams.STORE_UNAVAILABLE));
        }
        Thread.sleep(MIN_INTERVAL); // not a pause of the thread, which the next append would end
        return POLL_INTERVAL;
    }

    /** Sends what has changed since the last look, and everything to those who have received nothing yet. */
    private void look() {
        FeedState before = known;
        Optional<List<RecordedEvent>> more = Optional.empty();
        if (before == null) {
            recent.restart();
        } else {
            more = recent.readOn();
            more.ifPresent(each -> each.forEach(this::publish));
        }
        FeedState now = new FeedState(
                recent.history(),
                recent.head(),
                recent.horizon(),
                sources.held().isHeld(),
                sources.items(),
                automations(before));
        known = now;
        if (before != null && more.isPresent()) {
            now.changesSince(before).forEach(change -> publish(change.name(), change.data()));
        } else {
            listeners.stream().filter(FeedListener::isWelcomed).forEach(listener -> sendAll(listener, now, true));
        }
        for (FeedListener listener : listeners) {
            if (!listener.isWelcomed()) {
                sendAll(listener, now, false);
                listener.welcome();
            }
        }
    }

    private List<AutomationResponse> automations(@Nullable FeedState before) {
        long time = System.nanoTime();
        if (before != null && time - countedAt < COUNT_INTERVAL.toNanos()) {
            return before.automations();
        }
        countedAt = time;
        return sources.automations().get();
    }

    private void publish(RecordedEvent event) {
        publish(appended(event));
        parked(event).ifPresent(parked -> publish("parked", parked));
    }

    private byte[] appended(RecordedEvent event) {
        return EventStream.event(
                "appended", new Place(recent.history(), event.position()), EventResponse.of(event, null));
    }

    /** An item that an automation could not do, as JSON. */
    private record Parked(String automation, String key, String reason, Instant at) {}

    private Optional<Parked> parked(RecordedEvent event) {
        if (!event.stream().category().equals(AutomationEvent.CATEGORY)) {
            return Optional.empty();
        }
        try {
            return codec.decode(event) instanceof ItemParked item
                    ? Optional.of(new Parked(item.automation(), item.key(), item.reason(), item.parkedAt()))
                    : Optional.empty();
        } catch (UnreadableEventException e) {
            return Optional.empty(); // of a later version of this program
        }
    }

    /**
     * Sends the state and the last events.
     *
     * @param again whether the client has received earlier ones, which do not continue
     */
    private void sendAll(FeedListener to, FeedState now, boolean again) {
        to.offer(EventStream.event("state", now));
        Optional<List<RecordedEvent>> missed =
                again ? Optional.empty() : to.last().flatMap(recent::after);
        if (again || (to.last().isPresent() && missed.isEmpty())) {
            to.offer(EventStream.event("reset", Map.of("history", now.history())));
        }
        missed.orElseGet(recent::all).forEach(event -> to.offer(appended(event)));
    }

    /** Ends all streams, and the thread. */
    @Override
    public synchronized void close() {
        if (subscription != null) {
            subscription.close();
        }
        streams.close();
        thread.close();
    }
}
