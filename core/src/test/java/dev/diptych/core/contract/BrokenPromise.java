package dev.diptych.core.contract;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Puts the promise, which is the name of the test, in front of what was found instead, and the seed if there is one.
 */
final class BrokenPromise implements TestExecutionExceptionHandler {

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable found) throws Throwable {
        if (found instanceof TestAbortedException) {
            throw found;
        }
        Method test = context.getRequiredTestMethod();
        String seed = test.isAnnotationPresent(Hammer.class) ? " (-Dcontract.seed=" + Contract.SEED + ")" : "";
        throw new AssertionError(
                "The contract says: " + test.getName().replace('_', ' ') + ". But" + seed + ": " + found.getMessage(),
                found);
    }
}
