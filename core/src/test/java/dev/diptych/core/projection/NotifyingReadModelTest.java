package dev.diptych.core.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NotifyingReadModelTest {

    private long checkpoint;

    private final ReadModelStore model = new ReadModelStore() {
        @Override
        public String projection() {
            return "a";
        }

        @Override
        public long checkpoint() {
            return checkpoint;
        }

        @Override
        public boolean apply(Batch batch) {
            checkpoint = batch.through();
            return true;
        }

        @Override
        public boolean apply(Batch batch, int generation) {
            return false;
        }

        @Override
        public Generations generations() {
            throw new UnsupportedOperationException();
        }
    };

    @Test
    void the_listener_is_called_after_each_applied_batch() {
        var moves = new ArrayList<Long>();
        var notifying = new NotifyingReadModel(model, () -> moves.add(checkpoint));
        var batch = new Batch(0, List.of(new PublishedEvent<>("moved", 1, 5)), "h");
        assertThat(notifying.apply(batch)).isTrue();
        assertThat(moves).containsExactly(5L);
        assertThat(notifying.checkpoint()).isEqualTo(5);
        assertThat(notifying.projection()).isEqualTo("a");
    }
}
