package dev.diptych.api.live;

import dev.diptych.api.http.server.EventStream;
import dev.diptych.api.live.LiveView.Interest;
import dev.diptych.core.eventstore.Place;
import dev.diptych.core.query.Answer;
import dev.diptych.core.query.CheckpointWatch;
import dev.diptych.core.query.Edition;
import dev.diptych.core.query.Page;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * The event stream of one client: first the current rows, or the changes since the client's last connection; then each
 * change, in position order. It never sends an older state of a row after a newer one. When the rows become those of
 * another edition, by a new history or a rebuild, it sends {@code reset}, so that the client discards its rows, and
 * then the current rows. Not thread-safe: used by the thread of the request.
 *
 * @param <R> the type of the rows
 */
public final class LiveStream<R> {

    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private final Request<R> request;
    private final LiveView<R> view;
    private final CheckpointWatch watch;
    private final EventStream out;
    private Follower<R> follower;
    private Edition edition;
    private long sent;

    /**
     * The request of a client.
     *
     * @param view the view
     * @param changes returns the changed rows after a position, as in {@link LiveView#changes}; may omit rows in which
     *     the client has no interest
     * @param feed the feed of the view
     * @param interest returns the client's interest in a row
     * @param current returns the page of current rows after a row; without a row, the first page
     */
    public record Request<R>(
            LiveView<R> view,
            LongFunction<Answer<List<R>>> changes,
            LiveFeed<R> feed,
            Function<R, Interest> interest,
            Function<Optional<R>, Answer<Page<R>>> current) {}

    /**
     * Creates a stream.
     *
     * @param from the place up to which the client has received every change, or will have, with the current rows
     */
    public LiveStream(Request<R> request, CheckpointWatch watch, EventStream out, Place from) {
        this.request = request;
        this.view = request.view();
        this.watch = watch;
        this.out = out;
        this.follower = new Follower<>(request.interest(), from);
        this.edition = Edition.of(from.history());
        this.sent = from.position();
    }

    /** The client's rows belong to an edition that has ended, or the stream is ending. */
    private static final class EditionEndedException extends Exception {

        private static final long serialVersionUID = 1;

        private final transient Place present;

        EditionEndedException(Place present) {
            super("edition", null, false, false);
            this.present = present;
        }
    }

    /**
     * Sends events until the stream ends.
     *
     * @param all whether to begin with the current rows
     * @param reset whether the client may have rows of another edition
     */
    public void run(boolean all, boolean reset) throws InterruptedException {
        if (reset) {
            sendReset();
        }
        boolean withCurrent = all;
        while (!out.isEnding()) {
            try {
                if (withCurrent) {
                    sendCurrent();
                }
                follow();
            } catch (EditionEndedException e) {
                edition = Edition.of(e.present.history());
                sent = e.present.position();
                follower = new Follower<>(request.interest(), e.present);
                withCurrent = true;
                if (!out.isEnding()) {
                    sendReset();
                }
            }
        }
    }

    /** Has no id: a client that loses the connection before an event with an id receives the reset again. */
    private void sendReset() {
        out.send(EventStream.event("reset", Map.of("history", edition.history())));
    }

    private Place place() {
        return new Place(edition.toString(), sent);
    }

    /**
     * Repeats a query until its answer belongs to the client's edition, which a replica may not have received yet.
     *
     * @throws EditionEndedException when the edition has ended or is unknown, or the stream is ending
     */
    private <A> Answer<A> query(Supplier<Answer<A>> query) throws EditionEndedException {
        Answer<A> answer = query.get();
        while (!answer.edition().equals(edition)) {
            if (hasEndedBy(answer.edition()) || out.isEnding()) {
                throw new EditionEndedException(answer.rowsUpTo());
            }
            watch.awaitMove(view.projection(), answer.upTo().position(), POLL_INTERVAL);
            out.beat();
            answer = query.get();
        }
        return answer;
    }

    private boolean hasEndedBy(Edition present) {
        if (present.history().equals(edition.history())) {
            return edition.precedes(present);
        }
        return switch (watch.statusOf(edition.history())) {
            case SUPERSEDED, UNKNOWN -> true;
            case PRESENT, NOT_HERE_YET -> false;
        };
    }

    /**
     * Sends the current rows. These events have no id, because the rows are not in position order: a client that loses
     * the connection receives all rows again. If the projection is behind, rows may be missing; so
     * this waits for the projection and reads the rows again.
     */
    private void sendCurrent() throws EditionEndedException {
        while (!sendPages() && !out.isEnding()) {
            watch.await(view.projection(), sent, POLL_INTERVAL);
            out.beat();
        }
    }

    /** Returns whether every page reflects the position from which the client then receives changes. */
    private boolean sendPages() throws EditionEndedException {
        boolean complete = true;
        boolean more = true;
        Optional<R> last = Optional.empty();
        while (more && !out.isEnding()) {
            Optional<R> after = last;
            Answer<Page<R>> page = query(() -> request.current().apply(after));
            complete &= page.upTo().position() >= sent;
            for (R row : page.value().items()) {
                if (view.position().applyAsLong(row) <= sent) { // otherwise it is among the changes that follow
                    out.send(EventStream.event("row", view.shown().apply(row)));
                }
                last = Optional.of(row);
            }
            more = page.value().more();
        }
        return complete;
    }

    /** Sends past changes, then each new change, until the stream ends. */
    private void follow() throws EditionEndedException, InterruptedException {
        catchUp();
        request.feed().join(follower, place());
        try {
            catchUp();
            out.send(EventStream.event("live", place(), Map.of("position", sent)));
            out.onEnd(follower::wake);
            while (!out.isEnding()) {
                out.flush();
                sendChanges();
            }
        } finally {
            request.feed().leave(follower);
        }
    }

    private void sendChanges() throws EditionEndedException, InterruptedException {
        // Read before the pending changes, which then reach at least as far, unless changes were missed.
        Place offered = request.feed().cursor();
        Follower.Pending<R> pending = follower.take(out.untilHeartbeat());
        pending.changes().forEach(this::send);
        sent = Math.max(sent, pending.through());
        if (pending.behind() || !place().reaches(offered)) {
            catchUp();
        }
        out.beat(place());
    }

    /** Reads the changes that were not offered, or were discarded, page by page, at the client's speed. */
    private void catchUp() throws EditionEndedException {
        boolean more = true;
        while (more && !out.isEnding()) {
            Answer<List<R>> answer = query(() -> request.changes().apply(sent));
            answer.value().forEach(row -> send(new Change<>(view, row, edition.toString())));
            more = answer.value().size() == LiveView.PAGE;
            sent = more ? sent : Math.max(sent, answer.upTo().position());
            out.flush();
            out.beat(place()); // many pages may have no rows for this client
        }
        follower.advanceTo(sent);
    }

    private void send(Change<R> change) {
        long position = change.place().position();
        if (position > sent) {
            Interest interest = follower.interestIn(change.row());
            if (interest != Interest.NONE) {
                out.send(change.event(interest));
            }
            sent = position;
        }
    }
}
