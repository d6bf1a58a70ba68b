package dev.diptych.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The program that runs all tests of a class, for {@link ExercisesTest}, and says how many have passed. */
final class ExerciseRun {

    private ExerciseRun() {}

    /** Takes the name of the class. */
    public static void main(String[] args) {
        var summary = new SummaryGeneratingListener();
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(args[0]))
                .build();
        LauncherFactory.create().execute(request, summary);
        summary.getSummary().printFailuresTo(new PrintWriter(System.out, true, UTF_8));
        System.out.println(summary.getSummary().getTestsSucceededCount() + " passed, "
                + summary.getSummary().getTestsFailedCount() + " failed");
    }
}
