package dev.diptych.api.launch;

import dev.diptych.api.Automations;
import dev.diptych.api.Diptych;
import dev.diptych.api.Role;
import dev.diptych.api.http.server.Listening;
import io.javalin.util.JavalinException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts the API from the command line. */
@Command(
        name = "diptych",
        version = "Diptych 0.1.0-SNAPSHOT",
        mixinStandardHelpOptions = true,
        subcommands = RebuildCommand.class,
        description = "Runs the Diptych API until it receives SIGTERM or Ctrl-C.")
public final class Main implements Callable<Integer> {

    private static final Duration LONGEST_STOP = Duration.ofSeconds(9);

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(
            names = "--demo",
            arity = "0..1", // with arity 0, the flag would invert a true from the environment
            fallbackValue = "true",
            defaultValue = "${env:DIPTYCH_DEMO:-false}",
            description = "Load demo data at startup: the orders of a sample database, and a subscription for every "
                    + "tenth customer. Environment: DIPTYCH_DEMO.")
    private boolean demo;

    @Option(
            names = "--lab",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "${env:DIPTYCH_LAB:-false}",
            description = "Enable the /lab/ routes, which show what happens and interfere with it, and the "
                    + "part of the page that uses them. Environment: DIPTYCH_LAB. Set by mvn -q -Prun.")
    private boolean lab;

    @Option(
            names = "--cancel-unpaid-after",
            paramLabel = "DURATION",
            defaultValue = "${env:DIPTYCH_CANCEL_UNPAID_AFTER:-}",
            description =
                    "Cancel an order that is not paid after this time, such as 14d, 36h, 30m or 10s. Give it to every"
                            + " node with the role project or automate. Environment: DIPTYCH_CANCEL_UNPAID_AFTER."
                            + " Default: no order is cancelled.")
    private String cancelUnpaidAfter = "";

    @Option(
            names = "--renew-subscriptions",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "${env:DIPTYCH_RENEW_SUBSCRIPTIONS:-false}",
            description =
                    "Renew each running subscription month by month, with an order for each renewal. Give it to every"
                            + " node with the role project or automate. Environment: DIPTYCH_RENEW_SUBSCRIPTIONS.")
    private boolean renewSubscriptions;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Main() {}

    /** Runs until SIGTERM or Ctrl-C. The exit code is then 0; 1 if the start fails; 2 for invalid options. */
    public static void main(String[] args) {
        System.exit(line().execute(args));
    }

    /** Creates the command line, with its options and error handlers. */
    public static CommandLine line() {
        return new CommandLine(new Main())
                .setParameterExceptionHandler(new WithoutSecrets())
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    line.getErr().println("Diptych cannot start: " + reason(e));
                    return 1;
                });
    }

    @Override
    public Integer call() throws InterruptedException {
        Listening listening = server.listening(store.roles());
        var automations = new Automations(
                DurationOption.parse("--cancel-unpaid-after", cancelUnpaidAfter, spec.commandLine()),
                renewSubscriptions);
        if (demo && !store.roles().contains(Role.WRITE)) {
            throw new ParameterException(
                    spec.commandLine(), "The option --demo sends commands: it requires a node with the role write");
        }
        Diptych diptych = Diptych.start(store.open(automations), listening, lab);
        var hook = new Thread(() -> stop(diptych), "shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            announce(diptych);
        } catch (RuntimeException e) {
            // Otherwise the hook would end the process with exit code 0.
            Runtime.getRuntime().removeShutdownHook(hook);
            diptych.close();
            throw e;
        }
        new CountDownLatch(1).await();
        return 0;
    }

    private void announce(Diptych diptych) {
        PrintWriter out = spec.commandLine().getOut();
        String data = demo ? ", demo data: " + DemoData.send(diptych.commands()).inWords() : "";
        String url = "http://" + server.host() + ":" + diptych.port();
        out.println("Diptych listens on " + url + ", store: " + diptych.store().name() + role() + data + ". Try: curl "
                + url + (store.roles().contains(Role.READ) ? "/orders?limit=3" : "/health/ready"));
        out.flush();
    }

    private String role() {
        return store.roles().size() == Role.values().length ? "" : ", role: " + Role.inWords(store.roles());
    }

    /**
     * Closes the node, waits up to 9 seconds for that, and ends the process with exit code 0: by default, the JVM would
     * exit with 128 plus the signal number.
     */
    private static void stop(Diptych diptych) {
        try {
            Thread.ofPlatform().name("close").daemon().start(diptych::close).join(LONGEST_STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Runtime.getRuntime().halt(0);
        }
    }

    private static String reason(Throwable e) {
        Throwable cause = e instanceof JavalinException && e.getCause() != null ? e.getCause() : e;
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
