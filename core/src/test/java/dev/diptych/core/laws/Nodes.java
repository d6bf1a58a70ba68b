package dev.diptych.core.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.Generations.Copy;
import dev.diptych.core.projection.ReadModelStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/** Two nodes, and the last batch that each read model got from each of them. */
final class Nodes {

    private final EventLaws on;
    private final Todo todo;
    private final List<List<Batch>> last = List.of(new ArrayList<>(), new ArrayList<>());
    private Shop shop;
    private List<List<ReadModelStore>> nodes;

    Nodes(EventLaws on, EventStore store) {
        this.on = on;
        this.todo = new Todo(on);
        connect(store);
        last.forEach(batches -> each(i -> batches.add(new Batch(0, List.of(), "none"))));
    }

    private void connect(EventStore store) {
        shop = new Shop(store);
        nodes = List.of(on.readModels(), on.readModels());
    }

    void take(Step step) {
        switch (step) {
            case Step.Send send -> shop.send(send.command());
            case Step.Attend attend -> todo.attend(nodes.getFirst(), attend, shop);
            case Step.Apply apply -> each(i -> apply(apply.node(), i, apply.limit()));
            case Step.Repeat repeat ->
                each(i -> model(repeat.node(), i).apply(last.get(repeat.node()).get(i)));
            case Step.HandOver both -> each(i -> handOver(i, both.limit()));
            case Step.Interrupt interrupted ->
                each(i -> on.interrupt(
                        model(interrupted.node(), i), next(model(interrupted.node(), i), interrupted.limit())));
            case Step.ChangeHistory change -> changeHistory(change);
            case Step.StartRebuild start -> each(i -> model(0, i).generations().start(false));
            case Step.Rebuild rebuild -> each(i -> rebuild(model(rebuild.node(), i), rebuild.limit()));
            case Step.Look look ->
                todo.look(look.node(), nodes.get(look.node()), shop.store().history());
            case Step.Work work -> todo.work(work.node(), work.item(), shop);
            case Step.CancelRebuild cancel ->
                each(i -> model(0, i).generations().cancel());
        }
    }

    private interface OnReadModel {
        void run(int index);
    }

    private void each(OnReadModel action) {
        for (int i = 0; i < nodes.getFirst().size(); i++) {
            action.run(i);
        }
    }

    private ReadModelStore model(int node, int index) {
        return nodes.get(node).get(index);
    }

    private Batch next(ReadModelStore model, int limit) {
        return shop.after(model.checkpoint(), limit);
    }

    private void apply(int node, int index, int limit) {
        Batch batch = next(model(node, index), limit);
        last.get(node).set(index, batch);
        assertThat(model(node, index).apply(batch)).isTrue();
    }

    private void handOver(int index, int limit) {
        Batch batch = next(model(0, index), limit);
        assertThat(model(0, index).apply(batch)).isTrue();
        assertThat(model(1, index).apply(batch))
                .as("whether an applied batch is applied again")
                .isEqualTo(batch.events().isEmpty());
    }

    /** On a store whose history cannot change, the batch is one of another store. */
    private void changeHistory(Step.ChangeHistory change) {
        List<Batch> read = new ArrayList<>();
        each(i -> read.add(next(model(change.node(), i), change.limit())));
        String before = shop.store().history();
        connect(on.changeHistory(shop.store()));
        boolean changed = !shop.store().history().equals(before);
        each(i -> {
            Batch batch = read.get(i);
            String history = changed ? batch.history() : "another";
            assertThat(model(change.node(), i).apply(new Batch(batch.after(), batch.events(), history)))
                    .as("whether a batch of another history is applied")
                    .isFalse();
        });
    }

    private boolean rebuild(ReadModelStore model, int limit) {
        Copy copy = model.generations().status().copy().orElse(null);
        if (copy == null) {
            return false;
        }
        model.apply(shop.after(copy.position(), limit), copy.generation());
        return model.generations().takeOver(copy.generation(), OptionalLong.empty());
    }

    private Collection<Object> plainFold(ReadModelStore model) {
        return shop.plainFold(on.projectionOf(model));
    }

    void catchUp() {
        each(i -> {
            apply(0, i, EventStore.MAX_PAGE);
            assertRows(model(1, i), "the rows of ");
        });
    }

    void finishRebuilds() {
        each(i -> {
            if (rebuild(model(0, i), EventStore.MAX_PAGE)) {
                assertRows(model(1, i), "the rows after the rebuild of ");
            }
        });
    }

    void finishItems() {
        todo.finish(nodes.getFirst(), shop);
    }

    private void assertRows(ReadModelStore model, String what) {
        Collection<?> expected = plainFold(model);
        assertThat(new ArrayList<Object>(on.rows(model)))
                .as(what + model.projection())
                .containsExactlyInAnyOrderElementsOf(expected);
    }
}
