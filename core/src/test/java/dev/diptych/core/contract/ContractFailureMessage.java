package dev.diptych.core.contract;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Prefixes the message of a failure with the rule that the store violates, which is the name of the test, and with the
 * seed of a {@link Stress} test.
 */
final class ContractFailureMessage implements TestExecutionExceptionHandler {

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable found) throws Throwable {
        if (found instanceof TestAbortedException) {
            throw found;
        }
        Method test = context.getRequiredTestMethod();
        String seed = test.isAnnotationPresent(Stress.class) ? " (-Dcontract.seed=" + Contract.SEED + ")" : "";
        throw new AssertionError(
                "The contract says: " + test.getName().replace('_', ' ') + ". But" + seed + ": " + found.getMessage(),
                found);
    }
}
