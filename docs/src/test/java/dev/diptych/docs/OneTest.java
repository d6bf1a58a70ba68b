package dev.diptych.docs;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The program that runs one test, for {@link BrokenCopy}: prints why it fails, and says by its status whether it does. */
final class OneTest implements TestExecutionListener {

    /** The status when the test has failed; 0 when it has passed, and 1, as always, for trouble. */
    static final int FAILED = 3;

    private int passed;
    private int failed;

    private OneTest() {}

    /** Takes the name of the class, and that of the method. */
    public static void main(String[] args) throws Exception {
        Class<?> type = Class.forName(args[0]);
        Method method = methods(type)
                .filter(each -> each.getName().equals(args[1]))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no test " + args[1] + " in " + type));
        var run = new OneTest();
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectMethod(type, method))
                .build();
        LauncherFactory.create().execute(request, run);
        if (run.passed + run.failed == 0) {
            throw new IllegalStateException("Nothing was run");
        }
        System.out.println(run.passed + " passed, " + run.failed + " failed");
        System.exit(run.failed > 0 ? FAILED : 0);
    }

    private static Stream<Method> methods(Class<?> type) {
        return Stream.<Class<?>>iterate(type, each -> each != null, Class::getSuperclass)
                .flatMap(each -> Arrays.stream(each.getDeclaredMethods()));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest()) {
            passed += result.getStatus() == TestExecutionResult.Status.SUCCESSFUL ? 1 : 0;
            failed += result.getStatus() == TestExecutionResult.Status.FAILED ? 1 : 0;
        }
        result.getThrowable().ifPresent(OneTest::print);
    }

    private static void print(Throwable trouble) {
        for (Throwable each = trouble; each != null; each = each.getCause()) {
            System.out.println(each);
        }
    }
}
