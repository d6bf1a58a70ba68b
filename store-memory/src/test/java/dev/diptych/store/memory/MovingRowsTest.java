package dev.diptych.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Coin;
import dev.diptych.core.contract.Tally;
import dev.diptych.core.projection.Batch;
import dev.diptych.core.projection.PublishedEvent;
import dev.diptych.core.query.Answer;
import dev.diptych.core.query.Page;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lists whose order depends on a value that changes: a row moves to another place in the list. */
class MovingRowsTest {

    private record Place(long sum, String key) {}

    private static final int PURSES = 10;
    private static final Comparator<Place> RICHEST_FIRST =
            Comparator.comparingLong(Place::sum).reversed().thenComparing(Place::key);

    private final MemoryReadModel<Place, Tally> model =
            new MemoryReadModel<>("h", new Tally.Tallies(), MovingRowsTest::place, RICHEST_FIRST);

    @Test
    void a_row_is_listed_once_at_its_current_place() {
        put("a", 1);
        put("b", 2);
        assertThat(keys(list())).containsExactly("total", "b", "a");
        put("a", 2);
        assertThat(keys(list())).containsExactly("total", "a", "b");
        put("b", 1);
        assertThat(keys(list())).as("rows of equal sums, ordered by key").containsExactly("total", "a", "b");
        put("a", -3);
        assertThat(keys(list()))
                .as("the total row, equal to the only other row")
                .containsExactly("b", "total");
    }

    @Test
    void a_reader_sees_a_moving_row_exactly_once() throws Exception {
        IntStream.range(0, PURSES).forEach(i -> put("p" + i, 1));
        var random = new Random(7);
        var writer = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 5_000; i++) {
                put("p" + random.nextInt(PURSES), 1 + random.nextInt(5));
            }
        });
        do {
            Answer<Page<Tally>> answer = list();
            List<Tally> rows = answer.value().items();
            assertThat(rows).hasSize(PURSES + 1).extracting(Tally::key).doesNotHaveDuplicates();
            assertThat(rows.stream().map(MovingRowsTest::place).toList()).isSortedAccordingTo(RICHEST_FIRST);
            assertThat(rows.stream().mapToLong(Tally::sum).sum())
                    .as("the total and its parts, from the same batch")
                    .isEqualTo(2 * rows.getFirst().sum());
            assertThat(answer.upTo().position())
                    .as("the checkpoint of the answer, compared with its last event")
                    .isEqualTo(rows.getFirst().position());
        } while (!writer.isDone());
        writer.join();
    }

    private void put(String purse, int amount) {
        long after = model.checkpoint();
        var coin = new PublishedEvent<>(new Coin(purse, amount), after + 1, after + 1);
        assertThat(model.apply(new Batch(after, List.of(coin), "h"))).isTrue();
    }

    private Answer<Page<Tally>> list() {
        return model.list(Optional.empty(), row -> true, 100);
    }

    private static List<String> keys(Answer<Page<Tally>> answer) {
        return answer.value().items().stream().map(Tally::key).toList();
    }

    private static Place place(Tally row) {
        return new Place(row.sum(), row.key());
    }
}
