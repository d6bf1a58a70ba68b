package dev.diptych.core.contract;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/** Puts the promise, which is the name of the test, in front of what was found instead. */
final class BrokenPromise implements TestExecutionExceptionHandler {

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable found) throws Throwable {
        if (found instanceof TestAbortedException) {
            throw found;
        }
        String promise = context.getRequiredTestMethod().getName().replace('_', ' ');
        throw new AssertionError("The contract says: " + promise + ". But: " + found.getMessage(), found);
    }
}
