package dev.diptych.core.bus;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.core.money.Money;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RejectionsTest {

    sealed interface Explained extends Rejection {}

    record Line(String sku, int quantity) implements Shape {}

    sealed interface Shape permits Line {}

    record OfEveryType(
            String id,
            boolean flag,
            long number,
            Money amount,
            Instant at,
            DayOfWeek day,
            Line line,
            Shape shape,
            List<Line> lines,
            Set<DayOfWeek> days,
            Map<String, Money> prices,
            Optional<Instant> until)
            implements Explained {

        @Override
        public String code() {
            return "of-every-type";
        }

        @Override
        public String message() {
            return "Order " + id + " cannot be sent. Ask again on " + days + ".";
        }
    }

    record Plain(String id) implements Explained {
        @Override
        public String code() {
            return "plain";
        }

        @Override
        public String message() {
            return "Order " + id + " is paid. Leave it.";
        }
    }

    sealed interface Unexplained extends Rejection {}

    record WithoutAWayOut(String id) implements Unexplained {
        @Override
        public String code() {
            return "without-a-way-out";
        }

        @Override
        public String message() {
            return "Order " + id + " cannot be sent.";
        }
    }

    @Test
    void a_rejection_may_have_components_of_any_type() {
        assertThatCode(() -> Rejections.areExplained(Explained.class)).doesNotThrowAnyException();
    }

    @Test
    void a_rejection_that_names_no_way_out_is_found() {
        assertThatThrownBy(() -> Rejections.areExplained(Unexplained.class))
                .hasMessageContaining("the message of WithoutAWayOut: one sentence says what stands in the way");
    }
}
