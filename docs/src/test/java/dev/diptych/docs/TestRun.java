package dev.diptych.docs;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The program that {@link Jdk} starts: runs the tests of a class, or one of them, and prints why they fail. */
final class TestRun {

    /** The exit status if a test has failed; it is 0 if all have passed, and 1, as always, for an exception. */
    static final int FAILED = 3;

    private TestRun() {}

    /** Takes the name of the class, and optionally that of a method. */
    public static void main(String[] args) throws Exception {
        Class<?> type = Class.forName(args[0]);
        var listener = new SummaryGeneratingListener();
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(args.length == 1 ? selectClass(type) : method(type, args[1]))
                .build();
        LauncherFactory.create().execute(request, listener);
        TestExecutionSummary summary = listener.getSummary();
        summary.getFailures().forEach(failure -> {
            System.out.println(failure.getTestIdentifier().getLegacyReportingName());
            for (Throwable each = failure.getException(); each != null; each = each.getCause()) {
                System.out.println(each);
            }
        });
        if (summary.getTestsStartedCount() == 0) {
            throw new IllegalStateException("No test was run");
        }
        System.out.println(summary.getTestsSucceededCount() + " passed, " + summary.getTestsFailedCount() + " failed");
        System.exit(summary.getTestsFailedCount() > 0 ? FAILED : 0);
    }

    /** The class itself may inherit the method. */
    private static DiscoverySelector method(Class<?> type, String name) {
        return Stream.<Class<?>>iterate(type, each -> each != null, Class::getSuperclass)
                .flatMap(each -> Arrays.stream(each.getDeclaredMethods()))
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .map(method -> selectMethod(type, method))
                .orElseThrow(() -> new IllegalArgumentException("There is no test " + name + " in " + type));
    }
}
