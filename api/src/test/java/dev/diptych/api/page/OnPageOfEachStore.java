package dev.diptych.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.Automations;
import dev.diptych.api.Store;
import dev.diptych.api.support.StoreKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of the page on the memory store, and then on PostgreSQL. */
@ParameterizedClass
@EnumSource(StoreKind.class)
abstract class OnPageOfEachStore extends OnPage {

    @Parameter
    private StoreKind kind;

    @Override
    protected final Store open() {
        return kind.open(automations());
    }

    Automations automations() {
        return Automations.NONE;
    }

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

    @AfterEach
    void requireNoBrowserErrors() {
        assertThat(page.errors()).isEmpty();
    }
}
