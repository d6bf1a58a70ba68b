package dev.diptych.api.launch;

import dev.diptych.api.Store;
import dev.diptych.core.StoredEvents;
import dev.diptych.core.projection.Generations;
import dev.diptych.core.projection.Generations.Copy;
import dev.diptych.core.projection.Generations.Status;
import dev.diptych.core.projection.LogReader;
import dev.diptych.core.projection.ProjectionRunner;
import dev.diptych.core.projection.ReadModelStore;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Rebuilds the view of a projection from the command line. Runs the projection with this program's version of the fold,
 * as a node with the role project does, until the copy has taken over. If a node of this version runs it, that one
 * builds the copy.
 */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description = "Rebuilds the view of a projection, and prints the progress until the copy has taken over. The"
                + " exit code is 1 if the rebuild is cancelled, or another one replaces its copy.")
final class RebuildCommand implements Callable<Integer> {

    private static final long PRINT_EVERY_MILLIS = 1_000;

    @Parameters(paramLabel = "NAME", description = "The name of the projection, such as order-list.")
    private String name = "";

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    RebuildCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        try (Store opened = store.openForProjections()) {
            ReadModelStore readModel = readModel(opened.project().readModels());
            var log = new LogReader(opened.project().events(), StoredEvents.codec());
            try (var runner = new ProjectionRunner(
                    log,
                    readModel,
                    ProjectionRunner.Pace.DEFAULT,
                    opened.project().leases().apply(readModel))) {
                Generations generations = readModel.generations();
                int before = generations.status().serving();
                runner.rebuild(false);
                runner.start();
                return await(before, generations, opened, runner) ? 0 : 1;
            }
        }
    }

    private ReadModelStore readModel(List<ReadModelStore> all) {
        return all.stream()
                .filter(each -> each.projection().equals(name))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "There is no projection " + name + ", but "
                                + all.stream().map(ReadModelStore::projection).toList()));
    }

    /** Returns whether the copy serves that was present first; if it has taken over by then, the one that serves. */
    private boolean await(int before, Generations generations, Store opened, ProjectionRunner runner)
            throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Status status = generations.status();
        int own = status.copy().map(Copy::generation).orElse(status.serving());
        while (status.copy().filter(copy -> copy.generation() == own).isPresent()) {
            print(status.copy().orElseThrow(), opened.project().events().head(), runner.copyFailure());
            Thread.sleep(PRINT_EVERY_MILLIS);
            status = generations.status();
        }
        boolean done = status.serving() == own && own > before;
        boolean replaced = status.copy().isPresent() || status.serving() > own;
        out.println(name
                + (done
                        ? ": the copy has taken over"
                        : replaced ? ": another rebuild has replaced the copy" : ": the rebuild was cancelled"));
        out.flush();
        return done;
    }

    private void print(Copy copy, long head, Optional<String> failure) {
        double rate = copy.positionsPerSecond();
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "%s: %,d of %,d positions, %,.0f per second", name, copy.position(), head, rate);
        if (rate > 0) {
            out.printf(Locale.ROOT, ", %,.0f seconds left", Math.max(0, head - copy.position()) / rate);
        }
        out.println(failure.map(why -> "; failing: " + why).orElse(""));
        out.flush();
    }
}
