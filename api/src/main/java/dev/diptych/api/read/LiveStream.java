package dev.diptych.api.read;

import dev.diptych.api.http.EventStream;
import dev.diptych.api.read.LiveView.Interest;
import dev.diptych.core.eventstore.Place;
import dev.diptych.core.query.Answer;
import dev.diptych.core.query.CheckpointWatch;
import dev.diptych.core.query.Page;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * What one client is told: the current rows, or what has changed since it was here last; then what changes, in the order of
 * positions. It never is told an older state of a row after a newer one. When the store gets another history, it is
 * told to empty its list, and begins again. Used by one thread, the one of its request.
 *
 * @param <R> the rows
 */
final class LiveStream<R> {

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Request<R> request;
    private final LiveView<R> view;
    private final CheckpointWatch watch;
    private final EventStream out;
    private Follower<R> follower;
    private String history;
    private long told;

    /**
     * What a client asks for.
     *
     * @param view whose rows they are
     * @param changes as in the view, of those rows at least that the client may be told of
     * @param feed tells what changes
     * @param interest what a row is to the client
     * @param current the current rows after one of them, or the first of them, page by page
     */
    record Request<R>(
            LiveView<R> view,
            LongFunction<Answer<List<R>>> changes,
            LiveFeed<R> feed,
            Function<R, Interest> interest,
            Function<Optional<R>, Answer<Page<R>>> current) {}

    /**
     * A stream.
     *
     * @param from up to where the client has been told everything, or will have been with the current rows
     */
    LiveStream(Request<R> request, CheckpointWatch watch, EventStream out, Place from) {
        this.request = request;
        this.view = request.view();
        this.watch = watch;
        this.out = out;
        this.follower = new Follower<>(request.interest(), from);
        this.history = from.history();
        this.told = from.position();
    }

    /** What the client knows is of a history that has ended, or there is no client any more. */
    private static final class HistoryEndedException extends Exception {

        private static final long serialVersionUID = 1;

        private final transient Place present;

        HistoryEndedException(Place present) {
            super("history", null, false, false);
            this.present = present;
        }
    }

    /**
     * Tells the client until the stream is to end.
     *
     * @param all whether it begins with the current rows
     * @param reset whether the client may know rows of another history
     */
    void run(boolean all, boolean reset) throws InterruptedException {
        if (reset) {
            tellReset();
        }
        boolean withCurrent = all;
        while (!out.isEnding()) {
            try {
                if (withCurrent) {
                    tellCurrent();
                }
                follow();
            } catch (HistoryEndedException e) {
                history = e.present.history();
                told = e.present.position();
                follower = new Follower<>(request.interest(), e.present);
                withCurrent = true;
                if (!out.isEnding()) {
                    tellReset();
                }
            }
        }
    }

    /** Without an id: who loses the connection before there is another one begins with this again. */
    private void tellReset() {
        out.send(EventStream.event("reset", Map.of("history", history)));
    }

    private Place place() {
        return new Place(history, told);
    }

    /**
     * Asks until the answer is of the history that the client knows: it may come from a copy to which that is still to
     * come.
     */
    private <A> Answer<A> look(Supplier<Answer<A>> question) throws HistoryEndedException {
        Answer<A> answer = question.get();
        while (!answer.upTo().history().equals(history)) {
            boolean ended = switch (watch.statusOf(history)) {
                case SUPERSEDED, UNKNOWN -> true;
                case PRESENT, NOT_HERE_YET -> false;
            };
            if (ended || out.isEnding()) {
                throw new HistoryEndedException(answer.upTo());
            }
            watch.awaitMove(view.projection(), answer.upTo().position(), LOOK);
            out.beat();
            answer = question.get();
        }
        return answer;
    }

    /**
     * Tells the current rows. They carry no id, since they do not come in the order of positions: who loses the
     * connection among them begins again. Rows that are being built again may not have been there; so they are waited
     * for, and read again.
     */
    private void tellCurrent() throws HistoryEndedException {
        while (!tellPages() && !out.isEnding()) {
            watch.await(view.projection(), told, LOOK);
            out.beat();
        }
    }

    /** Says whether all pages were as far as the client is to know. */
    private boolean tellPages() throws HistoryEndedException {
        boolean complete = true;
        boolean more = true;
        Optional<R> last = Optional.empty();
        while (more && !out.isEnding()) {
            Optional<R> after = last;
            Answer<Page<R>> page = look(() -> request.current().apply(after));
            complete &= page.upTo().position() >= told;
            for (R row : page.value().items()) {
                if (view.position().applyAsLong(row) <= told) { // else it is among the changes that come next
                    out.send(EventStream.event("row", view.shown().apply(row)));
                }
                last = Optional.of(row);
            }
            more = page.value().more();
        }
        return complete;
    }

    /** Tells what has changed and what changes, until the stream is to end. */
    private void follow() throws HistoryEndedException, InterruptedException {
        catchUp();
        request.feed().join(follower, place());
        try {
            catchUp();
            out.send(EventStream.event("live", place(), Map.of("position", told)));
            out.onEnd(follower::wake);
            while (!out.isEnding()) {
                out.flush();
                tellNews();
            }
        } finally {
            request.feed().leave(follower);
        }
    }

    private void tellNews() throws HistoryEndedException, InterruptedException {
        Place offered = request.feed()
                .cursor(); // before the news, so that these go at least as far, unless something was missed
        Follower.News<R> news = follower.take(out.untilHeartbeat());
        news.changes().forEach(this::tell);
        told = Math.max(told, news.through());
        if (news.behind() || !place().reaches(offered)) {
            catchUp();
        }
        out.beat(place());
    }

    /** Reads what was not offered, or not kept, page by page, as fast as the client takes it. */
    private void catchUp() throws HistoryEndedException {
        boolean more = true;
        while (more && !out.isEnding()) {
            Answer<List<R>> answer = look(() -> request.changes().apply(told));
            answer.value().forEach(row -> tell(new Change<>(view, row, history)));
            more = answer.value().size() == LiveView.PAGE;
            told = more ? told : Math.max(told, answer.upTo().position());
            out.flush();
            out.beat(place()); // there may be nothing for this client on many pages
        }
        follower.knows(told);
    }

    private void tell(Change<R> change) {
        long position = change.place().position();
        if (position > told) {
            Interest interest = follower.interestIn(change.row());
            if (interest != Interest.NONE) {
                out.send(change.event(interest));
            }
            told = position;
        }
    }
}
