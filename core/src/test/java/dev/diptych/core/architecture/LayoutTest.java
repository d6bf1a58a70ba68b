package dev.diptych.core.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The real code keeps the rules; and each rule catches the violation that was planted for it, by name, in words. */
class LayoutTest {

    private static final String REAL = "dev.diptych.core";
    private static final String PLANTED = "dev.diptych.core.violations";

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages(REAL);
    private static final JavaClasses VIOLATIONS = new ClassFileImporter().importPackages(PLANTED);

    static Set<String> generic() {
        return LayoutRules.genericPackages();
    }

    /** Every package with a child called write or read is a context: a new one is judged without being listed. */
    static Set<String> contexts() {
        return CODE.stream()
                .map(type -> type.getPackageName())
                .filter(name -> name.endsWith(".write") || name.endsWith(".read"))
                .map(name -> name.substring(0, name.lastIndexOf('.')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void the_contexts_are_found() {
        assertThat(contexts()).contains("dev.diptych.core.orders");
    }

    @Test
    void every_package_of_core_is_generic_or_belongs_to_a_context() {
        Set<String> first = CODE.stream()
                .map(type -> type.getPackageName())
                .filter(name -> name.length() > REAL.length())
                .map(name -> name.substring(REAL.length() + 1).split("\\.", 2)[0])
                .collect(Collectors.toSet());
        Set<String> known = new TreeSet<>(generic());
        contexts().forEach(context -> known.add(context.substring(REAL.length() + 1)));
        assertThat(first).isEqualTo(known);
    }

    @ParameterizedTest
    @MethodSource("generic")
    void a_generic_package_knows_only_what_it_may(String name) {
        holds(LayoutRules.genericPackage(REAL, name));
        catches(LayoutRules.genericPackage(PLANTED, name), "GenericThatKnowsAContext", "cannot be copied");
    }

    @ParameterizedTest
    @MethodSource("contexts")
    void the_three_panels_of_a_context_know_only_what_they_may(String context) {
        if (CODE.containPackage(context + ".events")) {
            holds(LayoutRules.events(context));
        }
        if (CODE.containPackage(context + ".write")) {
            holds(LayoutRules.write(context));
        }
        holds(LayoutRules.read(context));
    }

    @ParameterizedTest
    @CsvSource({
        "events, EventThatKnowsACommand, the one language that both sides share",
        "write, AggregateThatReadsAView, decides on data that may be old",
        "read, ViewThatKnowsTheAggregate, CQRS is lost",
        "read, ViewThatReadsAStream, CQRS is lost"
    })
    void a_violation_of_a_context_is_caught(String panel, String violator, String because) {
        String context = PLANTED + ".orders";
        ArchRule rule = switch (panel) {
            case "events" -> LayoutRules.events(context);
            case "write" -> LayoutRules.write(context);
            default -> LayoutRules.read(context);
        };
        catches(rule, violator, because);
    }

    @Test
    void io_and_json_outside_their_place_are_caught() {
        catches(LayoutRules.genericPackage(PLANTED, "bus"), "BusThatUsesASocket", "I/O");
        catches(LayoutRules.genericPackage(PLANTED, "eventstore"), "PortThatKnowsJackson", "framework");
    }

    @Test
    void only_the_repository_meets_the_store() {
        holds(LayoutRules.onlyTheRepositoryMeetsTheStore(REAL));
        catches(LayoutRules.onlyTheRepositoryMeetsTheStore(PLANTED), "ViewThatReadsAStream", "in one place only");
    }

    @Test
    void decisions_ask_no_clock_and_no_chance() {
        holds(LayoutRules.noClockAndNoChance(REAL));
        catches(LayoutRules.noClockAndNoChance(PLANTED), "CommandWithAClock", "come in as arguments");
    }

    private static void holds(ArchRule rule) {
        rule.allowEmptyShould(false).check(CODE);
    }

    private static void catches(ArchRule rule, String violator, String because) {
        EvaluationResult result = rule.evaluate(VIOLATIONS);
        assertThat(result.hasViolation())
                .as("a violation of: %s", rule.getDescription())
                .isTrue();
        assertThat(result.getFailureReport().toString()).contains(violator).contains(because);
    }
}
