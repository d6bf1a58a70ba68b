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
import dev.diptych.core.command.CommandBus;
import dev.diptych.core.query.QueryBus;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The code follows the rules, and each rule reports its planted violation with the reason. */
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

    /** Returns the contexts: the packages with a child named write or read. New contexts are found automatically. */
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
    void the_contexts_are_found_and_planted_classes_are_kept_apart() {
        assertThat(contexts())
                .contains("dev.diptych.core.orders", "dev.diptych.core.subscriptions", "dev.diptych.core.customers");
        assertThat(CODE).noneMatch(type -> type.getPackageName().startsWith(PLANTED));
        assertThat(VIOLATIONS).allMatch(type -> type.getPackageName().startsWith(PLANTED));
    }

    @Test
    void every_package_of_core_is_generic_or_belongs_to_a_context() {
        assertThat(strays(CODE, REAL))
                .as("packages without a rule: make them generic in LayoutRules, or part of a context")
                .isEmpty();
        assertThat(strays(VIOLATIONS, PLANTED)).contains("tools");
    }

    @ParameterizedTest
    @MethodSource("generic")
    void a_generic_package_depends_only_on_allowed_packages(String name) {
        holds(LayoutRules.genericPackage(REAL, name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"item", "mapper", "log", "file", "socket", "method"})
    void a_generic_package_that_knows_a_context_a_framework_or_io_is_caught(String field) {
        catches(
                LayoutRules.genericPackage(PLANTED, "eventstore"),
                "PortWithForbiddenDependencies." + field + ">",
                "a context, a framework or I/O cannot be copied");
    }

    @ParameterizedTest
    @MethodSource("contexts")
    void events_write_and_read_depend_only_on_allowed_packages(String context) {
        if (CODE.containPackage(context + ".events")) {
            holds(LayoutRules.events(context));
        }
        if (CODE.containPackage(context + ".write")) {
            holds(LayoutRules.write(context));
        }
        if (CODE.containPackage(context + ".automation")) {
            holds(LayoutRules.automation(context));
        }
        holds(LayoutRules.read(context));
    }

    @ParameterizedTest
    @CsvSource({
        "events, EventThatUsesACommand, the one language that both sides share",
        "write, HandlerOfTheReadSide.row>, decides on data that may be old",
        "read, ViewOfTheWriteSide.order>, CQRS is lost",
        "read, ViewOfTheWriteSide.size(, CQRS is lost",
        "read, ViewThatSendsCommands.worker>, CQRS is lost",
        "automation, AutomationThatAsksAView.list>, can be sent twice",
        "automation, AutomationThatAsksAView.orders>, can be sent twice",
        "automation, AutomationThatAsksAView.store>, can be sent twice"
    })
    void a_violation_in_a_context_is_caught(String panel, String violator, String because) {
        String context = PLANTED + ".orders";
        ArchRule rule = switch (panel) {
            case "events" -> LayoutRules.events(context);
            case "write" -> LayoutRules.write(context);
            case "automation" -> LayoutRules.automation(context);
            default -> LayoutRules.read(context);
        };
        catches(rule, violator, because);
    }

    @Test
    void only_the_customer_view_depends_on_events_of_other_contexts() {
        holds(LayoutRules.read(REAL + ".orders"));
        holds(LayoutRules.read(REAL + ".customers"));
        catches(LayoutRules.read(PLANTED + ".orders"), "ViewOfTheWriteSide.started>", "CQRS is lost");
        catches(LayoutRules.read(PLANTED + ".customers"), "CustomersThatUseACommand", "CQRS is lost");
        assertThat(reportOf(LayoutRules.read(PLANTED + ".customers")))
                .doesNotContain("CustomersFromEventsOfOtherContexts");
    }

    @ParameterizedTest
    @MethodSource("commandBuses")
    void a_view_that_uses_a_command_bus_is_reported_with_the_bus(String bus) {
        catches(
                LayoutRules.read(PLANTED + ".orders"),
                "ViewOfTheWriteSide." + field(bus) + "> has type <" + bus,
                "CQRS is lost");
    }

    @ParameterizedTest
    @MethodSource("queryBuses")
    void a_handler_that_uses_a_query_bus_is_reported_with_the_bus(String bus) {
        catches(
                LayoutRules.write(PLANTED + ".orders"),
                "HandlerOfTheReadSide." + field(bus) + "> has type <" + bus,
                "may be old");
    }

    /** Returns the buses and their wrappers from the code; a new one needs a planted violation. */
    static List<String> commandBuses() {
        return implementationsOf(CommandBus.class);
    }

    static List<String> queryBuses() {
        return implementationsOf(QueryBus.class);
    }

    private static List<String> implementationsOf(Class<?> bus) {
        return CODE.stream()
                .filter(type -> type.isAssignableTo(bus))
                .map(JavaClass::getName)
                .sorted()
                .toList();
    }

    private static String field(String bus) {
        String name = bus.substring(bus.lastIndexOf('.') + 1);
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    @Test
    void the_buses_and_their_wrappers_are_found() {
        assertThat(commandBuses())
                .extracting(name -> name.substring(name.lastIndexOf('.') + 1))
                .contains("CommandBus", "DirectCommandBus", "RetryingCommandBus", "ObservedCommandBus");
        assertThat(queryBuses())
                .extracting(name -> name.substring(name.lastIndexOf('.') + 1))
                .contains("QueryBus", "DirectQueryBus");
    }

    @Test
    void views_do_not_depend_on_each_other() {
        holds(LayoutRules.viewsDoNotDependOnEachOther(REAL));
        catches(LayoutRules.viewsDoNotDependOnEachOther(PLANTED), "ViewThatUsesAnother", "changed or removed alone");
    }

    @Test
    void the_root_package_depends_only_on_events_and_their_codec() {
        holds(LayoutRules.rootPackage(REAL));
        catches(LayoutRules.rootPackage(PLANTED), "RootThatUsesAnAggregate", "what is kept forever");
    }

    @ParameterizedTest
    @ValueSource(strings = {"command", "status"})
    void renewals_join_the_events_of_subscriptions_and_the_commands_of_orders(String field) {
        holds(LayoutRules.renewals(REAL));
        catches(
                LayoutRules.renewals(PLANTED),
                "RenewalsThatKnowBothWriteSides." + field + ">",
                "deployed without the other");
    }

    @Test
    void a_context_without_cqrs_depends_on_nothing() {
        holds(LayoutRules.addresses(REAL));
        catches(LayoutRules.addresses(PLANTED), "AddressThatIsACommand", "needs no commands");
    }

    @Test
    void packages_have_no_cycles() {
        holds(LayoutRules.noCycles(REAL));
        catches(LayoutRules.noCycles(PLANTED), "StatusThatUsesAView", "cannot be read, tested or copied");
        assertThat(reportOf(LayoutRules.noCycles(PLANTED)))
                .as("the port of a context lists its views")
                .doesNotContain("CustomerViewsInOrder");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ViewOfTheWriteSide.size(",
                "HandlerOfTheReadSide.append(",
                "HandlerOfTheReadSide.appendByReference("
            })
    void only_the_repository_accesses_streams(String violator) {
        holds(LayoutRules.onlyTheRepositoryAccessesStreams(REAL));
        catches(LayoutRules.onlyTheRepositoryAccessesStreams(PLANTED), violator, "in one place only");
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
                "CommandWithRandomNumbers.id()",
                "CommandWithRandomNumbers.idByReference()",
                "CommandWithRandomNumbers.share()",
                "CommandWithRandomNumbers.roll()"
            })
    void decisions_use_no_clock_and_no_random_numbers(String violator) {
        holds(LayoutRules.noClockAndNoRandomNumbers(REAL));
        catches(LayoutRules.noClockAndNoRandomNumbers(PLANTED), violator, "time and ids are arguments");
    }

    @Test
    void the_forbidden_methods_exist() {
        LayoutRules.FORBIDDEN_METHODS.forEach((type, methods) ->
                assertThat(type.getMethods()).extracting(Method::getName).containsAll(methods));
    }

    /** Detects misspelt packages in rules, which would silently have no effect. */
    @Test
    void every_package_that_a_rule_names_exists_and_is_used() {
        Stream<String> ofContexts = contexts().stream()
                .flatMap(context -> Stream.of(
                                LayoutRules.writeMayKnow(context),
                                LayoutRules.readMayKnow(context),
                                CODE.containPackage(context + ".automation")
                                        ? LayoutRules.automationMayKnow(context)
                                        : List.<String>of())
                        .flatMap(List::stream))
                .filter(pattern -> !pattern.matches(".*\\.customers\\.events"));
        List<String> patterns = Stream.of(
                        LayoutRules.JAVA.stream(),
                        LayoutRules.eventsMayKnow().stream(),
                        LayoutRules.rootMayKnow().stream(),
                        LayoutRules.renewalsMayKnow().stream(),
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
        first.removeAll(Set.of("renewals", "addresses")); // have rules of their own
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
