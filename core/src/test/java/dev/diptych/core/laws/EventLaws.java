package dev.diptych.core.laws;

import dev.diptych.core.command.CommandBus;
import dev.diptych.core.contract.Law;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.Projection;
import dev.diptych.core.projection.ReadModelStore;
import dev.diptych.core.query.Views;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two laws, for every read model of the contexts, so that a new view and a new automation are included.
 *
 * <p>The projection law: in whatever batches events are applied, by whichever of two nodes, however often a batch is
 * repeated, interrupted or applied late, through rebuilds and changes of history, the rows are those of one plain fold.
 *
 * <p>The automation law: however the events of a to-do list are applied, whichever of two nodes sends the command of an
 * item, from however old a reading, and however often, the command takes effect at most once; and when every node has
 * read everything, no item is left.
 *
 * <p>Each store extends this class.
 */
public abstract class EventLaws {

    private static final long SEED = Long.getLong("contract.seed", System.nanoTime());
    private static final int LENGTH = 40;

    /** Opens an empty store; called before each list of steps. */
    protected abstract EventStore openStore();

    /** Returns the views of all contexts, as another node has them. */
    protected abstract List<? extends Views> contexts();

    /** Returns the rows that serve. */
    protected abstract Collection<?> rows(ReadModelStore readModel);

    /** Returns the projection of a read model, by reflection, because nothing but this test needs to know it. */
    protected Projection<?, ?> projectionOf(ReadModelStore readModel) {
        try {
            Field field = readModel.getClass().getDeclaredField("projection");
            field.setAccessible(true);
            return (Projection<?, ?>) field.get(readModel);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(readModel.getClass() + " has no field projection", e);
        }
    }

    /** Returns the bus to which the commands of items are sent. */
    protected CommandBus busOfItems(CommandBus commands) {
        return commands;
    }

    /** Applies a batch, and interrupts that in the middle if the store can be interrupted. */
    protected void interrupt(ReadModelStore readModel, Batch batch) {}

    /**
     * Begins another history, without a loss of events, if the store can.
     *
     * @return the store as it is opened afterwards, for which {@link #contexts} is called again
     */
    protected EventStore changeHistory(EventStore store) {
        return store;
    }

    /** The number of lists of steps in every build. */
    protected int lists() {
        return 100;
    }

    /** The number of lists of steps in a long run. */
    protected int manyLists() {
        return 2_000;
    }

    @Test
    public void rows_are_one_plain_fold_and_items_are_done_once() {
        law().holds(SEED, lists(), LENGTH, Step::random);
    }

    @Tag("full")
    @Test
    public void rows_are_one_plain_fold_and_items_are_done_once_in_many_ways() {
        law().holds(SEED, manyLists(), LENGTH, Step::random);
    }

    /** Checks the laws for other lists. */
    protected final void check(long seed, int lists) {
        law().holds(seed, lists, LENGTH, Step::random);
    }

    private Law<Step> law() {
        return steps -> {
            var nodes = new Nodes(this, openStore());
            steps.forEach(step -> nodes.take(step));
            nodes.catchUp();
            nodes.finishRebuilds();
            nodes.finishItems();
        };
    }

    final List<ReadModelStore> readModels() {
        return contexts().stream().flatMap(views -> views.readModels().stream()).toList();
    }
}
