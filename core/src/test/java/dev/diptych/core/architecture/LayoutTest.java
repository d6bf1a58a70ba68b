package dev.diptych.core.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        return contextsIn(CODE);
    }

    private static Set<String> contextsIn(JavaClasses classes) {
        return classes.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.endsWith(".write") || name.endsWith(".read"))
                .map(name -> name.substring(0, name.lastIndexOf('.')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void the_contexts_are_found_and_nothing_that_was_planted_is_taken_for_code() {
        assertThat(contexts())
                .contains("dev.diptych.core.orders", "dev.diptych.core.subscriptions", "dev.diptych.core.customers");
        assertThat(CODE).noneMatch(type -> type.getPackageName().startsWith(PLANTED));
        assertThat(VIOLATIONS).allMatch(type -> type.getPackageName().startsWith(PLANTED));
    }

    @Test
    void every_package_of_core_is_generic_or_belongs_to_a_context() {
        assertThat(strays(CODE, REAL))
                .as("packages that no rule judges: make them generic in LayoutRules, or part of a context")
                .isEmpty();
        assertThat(strays(VIOLATIONS, PLANTED)).contains("tools");
    }

    @ParameterizedTest
    @MethodSource("generic")
    void a_generic_package_knows_only_what_it_may(String name) {
        holds(LayoutRules.genericPackage(REAL, name));
        catches(LayoutRules.genericPackage(PLANTED, name), name + ".GenericThatKnowsAContext", "cannot be copied");
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
    void only_the_view_over_customers_knows_the_events_of_other_contexts() {
        holds(LayoutRules.read(REAL + ".orders"));
        holds(LayoutRules.read(REAL + ".customers"));
        catches(LayoutRules.read(PLANTED + ".orders"), "ViewOverTheEventsOfAnother", "CQRS is lost");
        catches(LayoutRules.read(PLANTED + ".customers"), "CustomersThatKnowACommand", "CQRS is lost");
        assertThat(reportOf(LayoutRules.read(PLANTED + ".customers"))).doesNotContain("CustomersOverTheEventsOfOthers");
    }

    @Test
    void io_and_json_outside_their_place_are_caught() {
        catches(LayoutRules.genericPackage(PLANTED, "bus"), "BusThatUsesASocket", "I/O");
        catches(LayoutRules.genericPackage(PLANTED, "bus"), "BusThatUsesReflection", "I/O");
        catches(LayoutRules.genericPackage(PLANTED, "eventstore"), "PortThatKnowsJackson", "framework");
        catches(LayoutRules.genericPackage(PLANTED, "eventstore"), "PortThatReadsFiles", "I/O");
        catches(LayoutRules.genericPackage(PLANTED, "projection"), "ProjectionThatLogsElsewhere", "framework");
    }

    @Test
    void the_root_package_knows_events_and_their_codec() {
        holds(LayoutRules.rootPackage(REAL));
        catches(LayoutRules.rootPackage(PLANTED), "RootThatKnowsAnAggregate", "what is kept for ever");
    }

    @Test
    void no_packages_stand_in_a_circle() {
        holds(LayoutRules.noCycles(REAL));
        catches(LayoutRules.noCycles(PLANTED), "Cycle detected", "cannot be read, tested or copied");
        catches(LayoutRules.noCycles(PLANTED), "MoneyInACircle", "cannot be read, tested or copied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ViewThatReadsAStream.", "HandlerThatAppends.", "HandlerThatAppendsByReference."})
    void only_the_repository_meets_the_store(String violator) {
        holds(LayoutRules.onlyTheRepositoryMeetsTheStore(REAL));
        catches(LayoutRules.onlyTheRepositoryMeetsTheStore(PLANTED), violator, "in one place only");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CommandWithAClock.at()",
                "CommandWithAClock.today()",
                "CommandWithAClock.byReference()",
                "CommandWithAClock.ticks()",
                "CommandWithAClock.ofTheSystem()",
                "CommandWithAClock.asDate()",
                "CommandWithDice.id()",
                "CommandWithDice.idByReference()",
                "CommandWithDice.share()",
                "CommandWithDice.throwOnce()"
            })
    void decisions_ask_no_clock_and_no_chance(String violator) {
        holds(LayoutRules.noClockAndNoChance(REAL));
        catches(LayoutRules.noClockAndNoChance(PLANTED), violator, "come in as arguments");
    }

    @Test
    void the_methods_that_are_forbidden_exist() {
        LayoutRules.METHODS_THAT_DO.forEach((type, methods) ->
                assertThat(type.getMethods()).extracting(Method::getName).containsAll(methods));
    }

    /** A package that is misspelt in a rule allows or forbids nothing, and nobody notices. */
    @Test
    void every_package_that_a_rule_names_exists_and_is_used() {
        Stream<String> ofContexts = contexts().stream()
                .flatMap(context -> Stream.of(LayoutRules.writeMayKnow(context), LayoutRules.readMayKnow(context))
                        .flatMap(List::stream))
                .filter(pattern -> !pattern.matches(".*\\.customers\\.events"));
        List<String> patterns = Stream.of(
                        LayoutRules.JAVA.stream(),
                        LayoutRules.eventsMayKnow().stream(),
                        LayoutRules.rootMayKnow().stream(),
                        generic().stream().flatMap(name -> LayoutRules.genericMayKnow(name).stream()),
                        ofContexts)
                .flatMap(each -> each)
                .distinct()
                .toList();
        assertThat(unused(patterns)).isEmpty();
        assertThat(unused(List.of("dev.diptych.core.evntstore", "java.sql")))
                .containsExactly("dev.diptych.core.evntstore", "java.sql");
    }

    private static List<String> unused(List<String> patterns) {
        Set<String> known = CODE.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(Dependency::getTargetClass)
                .map(JavaClass::getPackageName)
                .collect(Collectors.toSet());
        return patterns.stream()
                .filter(pattern -> known.stream().noneMatch(PackageMatcher.of(pattern)::matches))
                .toList();
    }

    private static Set<String> strays(JavaClasses classes, String root) {
        Set<String> first = classes.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.length() > root.length())
                .map(name -> name.substring(root.length() + 1).split("\\.", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
        first.removeAll(generic());
        contextsIn(classes).forEach(context -> first.remove(context.substring(root.length() + 1)));
        return first;
    }

    private static void holds(ArchRule rule) {
        rule.allowEmptyShould(false).check(CODE);
    }

    private static void catches(ArchRule rule, String violator, String because) {
        EvaluationResult result = rule.evaluate(VIOLATIONS);
        assertThat(result.hasViolation())
                .as("a violation of: %s", rule.getDescription())
                .isTrue();
        assertThat(reportOf(rule)).contains(violator).contains(because);
    }

    private static String reportOf(ArchRule rule) {
        return rule.evaluate(VIOLATIONS).getFailureReport().toString();
    }
}
