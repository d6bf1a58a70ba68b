package dev.diptych.core.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.ClassesShouldConjunction;
import dev.diptych.core.eventstore.EventStore;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The layout of core as rules, each with what would be lost without it. They are made for a root package, so that the
 * same rules judge the real code and the violations that were planted to see them fail.
 */
final class LayoutRules {

    private static final String CORE = "dev.diptych.core.";
    private static final String[] JAVA = {
        "java.lang..", "java.util..", "java.time..", "java.math..", "java.nio.charset..", "org.jspecify.."
    };

    /** What each generic package may know besides itself and Java. */
    private static final Map<String, List<String>> GENERIC = Map.of(
            "eventstore", List.of(),
            "money", List.of(),
            "bus", List.of(CORE + "eventstore.."),
            "aggregate", List.of(CORE + "bus..", CORE + "eventstore.."),
            "projection", List.of(CORE + "eventstore.."),
            "json", List.of(CORE + "eventstore..", "com.fasterxml.jackson..", "java.io.."));

    private LayoutRules() {}

    static Set<String> genericPackages() {
        return GENERIC.keySet();
    }

    static ArchRule genericPackage(String root, String name) {
        return onlyKnows(root + "." + name, GENERIC.getOrDefault(name, List.of()))
                .because("a generic package that knows a context, a framework or I/O cannot be copied into a project"
                        + " of one's own");
    }

    static ArchRule events(String context) {
        return onlyKnows(context + ".events", List.of(CORE + "money.."))
                .because(
                        "events are the one language that both sides share: what they know, everybody would depend on");
    }

    static ArchRule write(String context) {
        return onlyKnows(
                        context + ".write",
                        List.of(
                                context + ".events..",
                                CORE + "aggregate..",
                                CORE + "bus..",
                                CORE + "eventstore..",
                                CORE + "money.."))
                .because("a write side that looks at read models decides on data that may be old");
    }

    static ArchRule read(String context) {
        String events = context.endsWith(".customers") ? CORE + "*.events.." : context + ".events..";
        return onlyKnows(context + ".read", List.of(events, CORE + "bus..", CORE + "projection..", CORE + "money.."))
                .because("query code that touches aggregates or streams ties every view to the insides of the write"
                        + " model, and CQRS is lost");
    }

    static ArchRule onlyTheRepositoryMeetsTheStore(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .doNotHaveFullyQualifiedName(CORE + "aggregate.Repository")
                .should()
                .callMethodWhere(describe("append to or read a stream", LayoutRules::touchesAStream))
                .because("where events are loaded and appended in one place only, no decision is stored without the"
                        + " version that it was made on");
    }

    static ArchRule noClockAndNoChance(String root) {
        return noClasses()
                .that()
                .resideInAnyPackage(root + "..write..", root + "..events..", root + "..read..")
                .should()
                .callMethodWhere(describe("ask a clock or chance", LayoutRules::asksClockOrChance))
                .because("a decision that looks at a clock or at chance cannot be repeated or tested: time and ids come"
                        + " in as arguments");
    }

    private static boolean touchesAStream(JavaMethodCall call) {
        return !call.getOriginOwner().isAssignableTo(EventStore.class)
                && call.getTargetOwner().isAssignableTo(EventStore.class)
                && Set.of("append", "readStream").contains(call.getName());
    }

    private static boolean asksClockOrChance(JavaMethodCall call) {
        String target = call.getTargetOwner().getSimpleName() + "." + call.getName();
        boolean asksForNow = call.getTargetOwner().getPackageName().equals("java.time")
                && call.getName().equals("now");
        return asksForNow
                || Set.of("UUID.randomUUID", "System.currentTimeMillis", "System.nanoTime", "Math.random")
                        .contains(target)
                || target.startsWith("Random.")
                || target.startsWith("ThreadLocalRandom.");
    }

    /** An allow-list: a package that is not on it is refused, even one that nobody thought of. */
    private static ClassesShouldConjunction onlyKnows(String packageName, List<String> others) {
        String[] allowed = Stream.of(Stream.of(packageName + ".."), others.stream(), Arrays.stream(JAVA))
                .flatMap(each -> each)
                .toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(packageName + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed);
    }
}
