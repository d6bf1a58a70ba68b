package dev.diptych.core.projection;

/**
 * A read model that tells somebody whenever its checkpoint has moved here, in this process.
 *
 * @param model the read model itself
 * @param moved called after each batch on the thread that has applied it; must return at once and must not throw
 */
public record AnnouncedReadModel(ReadModelStore model, Runnable moved) implements ReadModelStore {

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
        moved.run();
        return applied;
    }

    @Override
    public void reset() {
        model.reset();
    }
}
