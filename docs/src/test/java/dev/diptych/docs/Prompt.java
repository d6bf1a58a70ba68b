package dev.diptych.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.contract.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A prompt of bash, with curl and jq. Requests to 127.0.0.1:7070 reach another port. */
record Prompt(Path directory, Bash bash) {

    /** The headers that say something about this API, in this order. The others, such as Date, are not shown. */
    private static final List<String> HEADERS = List.of(
            "Location",
            "ETag",
            "Consistency-Token",
            "Projection-Position",
            "Store-History",
            "Preference-Applied",
            "Retry-After",
            "Allow",
            "WWW-Authenticate");

    /** Ends a stream, which has no end by itself. */
    private static final String ONE_SECOND = "--max-time 1 ";

    private static final int TIMED_OUT = 28;

    static Prompt in(Path directory, int port) throws IOException {
        Files.writeString(
                directory.resolve(".curlrc"),
                "no-progress-meter%nconnect-to = \"127.0.0.1:7070:127.0.0.1:%d\"%nmax-time = %d%n"
                        .formatted(port, Waiting.PATIENCE.toSeconds()));
        return new Prompt(directory, new Bash(directory, directory));
    }

    /** What a command prints; of the headers, those that are shown, and then three dots. */
    String output(String command) throws Exception {
        return command.contains(ONE_SECOND) ? untilLive(command) : shown(run(command, 0));
    }

    /** What comes until a stream is live, which takes more than a second on a slow machine. */
    private String untilLive(String command) throws Exception {
        for (int seconds = 1; ; seconds *= 2) {
            String output = run(command.replace(ONE_SECOND, "--max-time " + seconds + " "), TIMED_OUT);
            if (output.matches("(?s).*\nevent: live\n.*\n\n") || seconds > Waiting.PATIENCE.toSeconds()) {
                return shown(output);
            }
        }
    }

    /** Each command has a shell of its own, which takes over the variables of the one before. */
    private String run(String command, int status) throws Exception {
        Path variables = directory.resolve("variables");
        Bash.Run run = bash.run("""
                set -a
                CURL_HOME='%s'
                if [ -f '%s' ]; then . '%s'; fi
                %s
                export -p > '%s'
                """.formatted(directory, variables, variables, command, variables));
        assertThat(run.status())
                .as(
                        "the exit status of this command, which may need curl and jq to be installed:%n%s%n%s",
                        command, run)
                .isEqualTo(status);
        return run.output();
    }

    private static String shown(String output) {
        if (!output.startsWith("HTTP/1.1 ")) {
            return ended(output);
        }
        String[] parts = output.replace("\r\n", "\n").split("\n\n", 2);
        List<String> lines = parts[0].lines().toList();
        String headers = HEADERS.stream()
                .flatMap(name -> lines.stream().filter(line -> line.startsWith(name + ": ")))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        return ended(lines.getFirst() + "\n" + headers + "...\n\n" + parts[1]);
    }

    private static String ended(String output) {
        return output.isBlank() ? "" : output.stripTrailing() + "\n";
    }
}
