package dev.diptych.api.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.launch.Main;
import dev.diptych.core.contract.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program as a separate process. */
public final class Program implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("listens on http://127\\.0\\.0\\.1:(\\d+)");

    private final Process process;
    private final BufferedReader out;
    private final Queue<String> written = new ConcurrentLinkedQueue<>();
    private final Thread reading;
    private final String line;
    private final Http http;

    private Program(Process process) throws IOException {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        var printed = new StringBuilder();
        String next = out.readLine();
        while (next != null && !PORT.matcher(next).find()) {
            printed.append(next).append('\n');
            next = out.readLine();
        }
        Matcher port = PORT.matcher(String.valueOf(next));
        assertThat(port.find()).as("it did not start: %s", printed).isTrue();
        this.line = String.valueOf(next);
        this.http = new Http(Integer.parseInt(port.group(1)));
        this.reading = Thread.ofVirtual()
                .start(() -> out.lines().forEach(written::add)); // or it would stop when the pipe is full
    }

    /** Starts the program on a free port, and waits until it listens. */
    public static Program start(String... options) throws IOException {
        return start(Map.of(), options);
    }

    /** Does the same with environment variables. */
    public static Program start(Map<String, String> environment, String... options) throws IOException {
        var all = new ArrayList<>(List.of("--port=0"));
        all.addAll(List.of(options));
        return new Program(launch(environment, all.toArray(String[]::new)));
    }

    /** Does the same with another class path. */
    public static Program startOn(String classPath, String... options) throws IOException {
        return start(Map.of("CLASSPATH", classPath), options);
    }

    /** Runs the program until it exits, and returns its output. */
    public static String run(int exit, String... options) throws Exception {
        Process process = launch(Map.of(), options);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(process.exitValue()).as(output).isEqualTo(exit);
        return output;
    }

    /** Runs the program in this process; the options must not start a server. */
    public static String runHere(int exit, String... options) {
        var output = new StringWriter();
        var printer = new PrintWriter(output, true);
        assertThat(Main.line().setOut(printer).setErr(printer).execute(options))
                .as(output::toString)
                .isEqualTo(exit);
        return output.toString();
    }

    public static Process launch(Map<String, String> environment, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1", // it starts in half of the time, and runs for seconds only
                "-XX:+UseSerialGC",
                "dev.diptych.api.launch.Main"));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** What it has written since, to its output or its log. */
    public List<String> written() {
        return List.copyOf(written);
    }

    /** Asks it to stop, and returns what it has printed after its line. */
    public String stopAndRead() throws Exception {
        stop();
        assertThat(reading.join(Waiting.PATIENCE)).as("its output has ended").isTrue();
        return String.join("\n", written);
    }

    public String line() {
        return line;
    }

    public Http http() {
        return http;
    }

    /** Asks it to stop, and waits until it has: it ends with 0. */
    public void stop() throws Exception {
        http.close();
        process.toHandle().destroy(); // Process.destroy() would also close its output
        assertThat(process.waitFor(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("it has ended")
                .isTrue();
        assertThat(process.exitValue()).isZero();
    }

    /** Ends it without asking. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        http.close();
        process.destroyForcibly(); // which ends its output, and so the reading
    }
}
