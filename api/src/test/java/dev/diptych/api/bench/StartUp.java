package dev.diptych.api.bench;

import dev.diptych.api.bench.Rounds.Result;
import dev.diptych.api.launch.Main;
import io.javalin.Javalin;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Starts the program on memory, and a bare Javalin handler, each as a process, until it answers its first request. */
final class StartUp {

    private static final Pattern ADDRESS = Pattern.compile("listens on (http://127\\.0\\.0\\.1:\\d+)");

    private StartUp() {}

    /** The bare handler. */
    public static void main(String[] args) {
        Javalin bare = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.routes.get("/health/ready", ctx -> ctx.result("ready"));
        });
        bare.start("127.0.0.1", 0);
        System.out.println("It listens on http://127.0.0.1:" + bare.port());
    }

    /** Prints the time until ready as a ratio; the speeds are starts in a second. */
    static void report(int rounds) throws Exception {
        Result result = new Rounds(2, rounds, 0)
                .compare(() -> startsPerSecond(Main.class, "--port=0"), () -> startsPerSecond(StartUp.class));
        System.out.printf(
                Locale.ROOT,
                "start on memory until ready: %.0f ms, plain %.0f ms; %.2f of its speed%n",
                1e3 / result.ours(),
                1e3 / result.bare(),
                result.ratios().get(result.ratios().size() / 2));
    }

    static double startsPerSecond(Class<?> main, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", main.getName()));
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        long began = System.nanoTime();
        Process process = builder.start();
        try {
            awaitReady(URI.create(address(process) + "/health/ready").toURL());
            return 1e9 / (System.nanoTime() - began);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void awaitReady(URL ready) throws IOException {
        long end = System.nanoTime() + 60_000_000_000L;
        while (((HttpURLConnection) ready.openConnection()).getResponseCode() != 200) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("The program is not ready");
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static String address(Process process) throws IOException {
        for (String line; (line = process.inputReader(StandardCharsets.UTF_8).readLine()) != null; ) {
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                return address.group(1);
            }
        }
        throw new IOException("The program did not start");
    }
}
