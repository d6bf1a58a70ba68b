package dev.diptych.store.memory.broken;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.diptych.core.contract.Stress;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs a class that extends a contract, more strictly than a test engine: a test that was skipped, aborted, overridden
 * or omitted for any other reason has failed.
 */
final class ContractRun implements TestExecutionListener {

    private final Set<String> passed = new TreeSet<>();
    private final Map<String, String> failures = new TreeMap<>();

    private ContractRun() {}

    /** Runs all tests of a class. */
    static Verdict of(Class<?> contract) {
        return new ContractRun().run(contract, promisesOf(contract), LauncherDiscoveryRequestBuilder.request());
    }

    /**
     * Runs the tests of a class except its {@link Stress stress tests}.
     *
     * @param contract the class that extends a contract
     * @param parameters configuration parameters for the class
     */
    static Verdict withoutStressTests(Class<?> contract, Map<String, String> parameters) {
        return new ContractRun()
                .run(
                        contract,
                        assertedBy(contract),
                        LauncherDiscoveryRequestBuilder.request()
                                .configurationParameters(parameters)
                                .filters(TagFilter.excludeTags(Stress.TAG)));
    }

    private Verdict run(Class<?> contract, Set<String> promises, LauncherDiscoveryRequestBuilder request) {
        LauncherFactory.create()
                .execute(
                        request.selectors(selectClass(contract))
                                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                                .build(),
                        this);
        return verdict(promises);
    }

    private Verdict verdict(Set<String> promises) {
        promises.stream()
                .filter(name -> !passed.contains(name))
                .forEach(name -> failures.putIfAbsent(name, "did not run"));
        passed.removeAll(failures.keySet());
        passed.retainAll(promises); // without containers
        return new Verdict(passed, failures);
    }

    /**
     * The names of all tests that the class or a superclass declares, even if an override without {@code @Test}
     * disables them.
     */
    static Set<String> promisesOf(Class<?> contract) {
        return tests(contract, method -> true);
    }

    /** The names of all tests except the stress tests. */
    static Set<String> assertedBy(Class<?> contract) {
        return tests(contract, method -> !method.isAnnotationPresent(Stress.class));
    }

    private static Set<String> tests(Class<?> contract, Predicate<Method> which) {
        Set<String> names = new HashSet<>();
        for (Class<?> each = contract; each != null; each = each.getSuperclass()) {
            Arrays.stream(each.getDeclaredMethods())
                    .filter(method -> AnnotationSupport.isAnnotated(method, Testable.class) && which.test(method))
                    .map(Method::getName)
                    .forEach(names::add);
        }
        return names;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        String found = result.getThrowable().map(Throwable::getMessage).orElse("");
        switch (result.getStatus()) {
            case SUCCESSFUL -> passed.add(nameOf(test));
            case ABORTED -> {} // did not run
            case FAILED -> failures.merge(nameOf(test), found, String::concat);
        }
    }

    private static String nameOf(TestIdentifier test) {
        TestSource source = test.getSource().orElse(null);
        if (source instanceof MethodSource method) {
            return method.getMethodName();
        }
        return source instanceof ClassSource type ? type.getJavaClass().getSimpleName() : test.getDisplayName();
    }
}
