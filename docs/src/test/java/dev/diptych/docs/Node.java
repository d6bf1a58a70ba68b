package dev.diptych.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Waiting;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node: the one jar as a process of its own, which listens. */
record Node(Process process, BufferedReader out, String url) implements AutoCloseable {

    private static final Path JAR = Path.of("..", "api", "target", "diptych.jar");
    private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)");

    /** Starts one on PostgreSQL and any free port. */
    static Node start(Map<String, String> environment, String... options) throws Exception {
        var command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx256m",
                "-jar",
                JAR.toString(),
                "--store=postgres",
                "--port=0"));
        command.addAll(List.of(options));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        Process process = builder.start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        Matcher url = URL.matcher(String.valueOf(firstLine(process, out)));
        assertThat(url.find()).as("a node that has started").isTrue();
        return new Node(process, out, url.group());
    }

    private static String firstLine(Process process, BufferedReader out) throws Exception {
        var line = new FutureTask<>(out::readLine);
        Thread.ofVirtual().start(line);
        try {
            return line.get(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
