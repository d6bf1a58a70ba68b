package dev.diptych.core.projection;

/**
 * A decorator that calls a listener after each call to {@link #apply}, whether or not the batch was applied.
 *
 * @param model the decorated read model
 * @param listener called on the same thread; must return immediately and must not throw
 */
public record NotifyingReadModel(ReadModelStore model, Runnable listener) implements ReadModelStore {

    @Override
    public String projection() {
        return model.projection();
    }

    @Override
    public long checkpoint() {
        return model.checkpoint();
    }

    @Override
    public boolean apply(Batch batch) {
        boolean applied = model.apply(batch);
        listener.run();
        return applied;
    }

    @Override
    public int maxBatch() {
        return model.maxBatch();
    }

    @Override
    public boolean apply(Batch batch, int generation) {
        return model.apply(batch, generation);
    }

    @Override
    public Generations generations() {
        return model.generations();
    }
}
