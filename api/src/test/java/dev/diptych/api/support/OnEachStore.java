package dev.diptych.api.support;

import dev.diptych.api.Store;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs all tests of a class on the memory store, and then on PostgreSQL. */
@ParameterizedClass
@EnumSource(StoreKind.class)
public abstract class OnEachStore extends OnStore {

    @Parameter
    protected StoreKind kind;

    @Override
    protected final Store open() {
        return kind.open();
    }

    /** Replaces {@code @BeforeAll}, which would run once for both stores. */
    @Override
    @BeforeParameterizedClassInvocation
    protected void start() {
        super.start();
    }

    @Override
    @AfterParameterizedClassInvocation
    protected void stop() {
        super.stop();
    }
}
