package dev.diptych.core.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.write.OrderRejection;
import dev.diptych.core.subscriptions.write.SubscriptionRejection;
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

    @Rule(code = "of-every-type", title = "The title", meaning = "The meaning.", remedy = "The remedy.")
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
        public String message() {
            return "Order " + id + " cannot be sent. Ask again on " + days + ".";
        }
    }

    @Rule(code = "plain", title = "The title", meaning = "The meaning.", remedy = "The remedy.")
    record Plain(String id) implements Explained {
        @Override
        public String message() {
            return "Order " + id + " is paid. Leave it.";
        }
    }

    sealed interface Unexplained extends Rejection {}

    @Rule(code = "without-remedy", title = "The title", meaning = "The meaning.", remedy = "The remedy.")
    record WithoutRemedy(String id) implements Unexplained {
        @Override
        public String message() {
            return "Order " + id + " cannot be sent.";
        }
    }

    @Test
    void a_rejection_may_have_components_of_any_type() {
        assertThatCode(() -> Rejections.assertExplained(Explained.class)).doesNotThrowAnyException();
    }

    @Test
    void a_rejection_without_a_remedy_is_detected() {
        assertThatThrownBy(() -> Rejections.assertExplained(Unexplained.class))
                .hasMessageContaining("the message of WithoutRemedy: one sentence states the reason");
    }

    sealed interface WithoutARule extends Rejection {}

    record Undescribed(String message) implements WithoutARule {}

    sealed interface WithABadCode extends Rejection {}

    @Rule(code = "NotPaid", title = "The title", meaning = "The meaning.", remedy = "The remedy.")
    record BadlyCoded(String message) implements WithABadCode {}

    sealed interface WithOneCodeTwice extends Rejection {}

    @Rule(code = "same", title = "The title", meaning = "The meaning.", remedy = "The remedy.")
    record First(String message) implements WithOneCodeTwice {}

    @Rule(code = "same", title = "The title", meaning = "The meaning.", remedy = "The remedy.")
    record Second(String message) implements WithOneCodeTwice {}

    @Test
    void a_rejection_without_a_rule_or_with_a_bad_or_repeated_code_is_detected() {
        assertThatThrownBy(() -> Rejections.assertExplained(WithoutARule.class))
                .hasMessageContaining("the @Rule that describes Undescribed");
        assertThatThrownBy(() -> Rejections.assertExplained(WithABadCode.class))
                .hasMessageContaining("the code of BadlyCoded");
        assertThatThrownBy(() -> Rejections.assertExplained(WithOneCodeTwice.class))
                .hasMessageContaining("Found duplicate");
    }

    @Test
    void the_rejections_of_all_contexts_are_explained_and_have_unique_codes() {
        List<Class<? extends Rejection>> families = families();
        assertThat(families).contains(OrderRejection.class, SubscriptionRejection.class);
        families.forEach(Rejections::assertExplained);
        assertThat(families)
                .flatExtracting(Rejections::examplesOf)
                .extracting(Rejection::code)
                .doesNotHaveDuplicates();
    }

    /** Returns the sealed families of rejections in core; those of new contexts are found automatically. */
    private static List<Class<? extends Rejection>> families() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.diptych.core")
                        .stream()
                        .filter(type -> type.isInterface() && type.isAssignableTo(Rejection.class))
                        .filter(type -> !type.isEquivalentTo(Rejection.class))
                        .<Class<? extends Rejection>>map(type -> type.reflect().asSubclass(Rejection.class))
                        .toList();
    }
}
