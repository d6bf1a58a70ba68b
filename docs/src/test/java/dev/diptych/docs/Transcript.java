package dev.diptych.docs;

import dev.diptych.docs.Page.Fence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The {@code console} fences of a page, which are one session at a prompt, from top to bottom. Times, ids that the server
 * made, histories and tokens are never the same twice: they are compared by where they stand, and where a later command
 * states one of those that the page shows, the one that was really given out takes its place.
 */
final class Transcript {

    private static final Pattern NEVER_THE_SAME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z"
                    + "|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
                    + "|(?<=\\b\\d{1,18}\\.|Store-History: )[0-9a-f]{12}\\b"
                    + "|(?<=after=|Consistency-Token: )[A-Za-z0-9_-]{19,}");

    /** What runs the commands. */
    @FunctionalInterface
    interface Shell {
        String run(String command) throws Exception;
    }

    private final Shell shell;
    private final Map<String, String> real = new HashMap<>();

    Transcript(Shell shell) {
        this.shell = shell;
    }

    /** The sessions of a page with the outputs as they are now, where they differ in more than what is never the same. */
    List<String> replay(Page page) throws Exception {
        List<String> played = new ArrayList<>();
        for (Fence fence : page.fences("console")) {
            played.add(fence.noted("run").isEmpty() ? replay(fence.text()) : fence.text());
        }
        return played;
    }

    private String replay(String session) throws Exception {
        var played = new StringBuilder();
        for (Entered entered : entered(session)) {
            String command = entered.command();
            for (Map.Entry<String, String> each : real.entrySet()) {
                command = command.replace(each.getKey(), each.getValue());
            }
            String output = shell.run(command);
            played.append("$ ").append(entered.command()).append('\n');
            played.append(same(entered.output(), output) ? entered.output() : output);
        }
        return played.toString();
    }

    /** Whether two outputs differ only in what is never the same; which is then remembered. */
    private boolean same(String shown, String output) {
        if (!masked(shown).equals(masked(output))) {
            return false;
        }
        List<String> before = changing(shown);
        List<String> now = changing(output);
        for (int i = 0; i < before.size(); i++) {
            real.put(before.get(i), now.get(i));
        }
        return true;
    }

    private static String masked(String output) {
        return NEVER_THE_SAME.matcher(output).replaceAll("*");
    }

    private static List<String> changing(String output) {
        return NEVER_THE_SAME.matcher(output).results().map(MatchResult::group).toList();
    }

    /** A command, with its line breaks but without its prompt, and what stands below it. */
    private record Entered(String command, String output) {}

    private static List<Entered> entered(String session) {
        List<Entered> entered = new ArrayList<>();
        List<String> lines = session.lines().toList();
        for (int i = 0; i < lines.size(); ) {
            if (!lines.get(i).startsWith("$ ")) {
                throw new IllegalArgumentException("A session begins with a prompt, not with " + lines.get(i));
            }
            var command = new StringBuilder(lines.get(i++).substring(2));
            while (goesOn(command.toString())) {
                command.append('\n').append(lines.get(i++));
            }
            var output = new StringBuilder();
            while (i < lines.size() && !lines.get(i).startsWith("$ ")) {
                output.append(lines.get(i++)).append('\n');
            }
            entered.add(new Entered(command.toString(), output.toString()));
        }
        return entered;
    }

    /** A command goes on behind a backslash, and until its quotes are closed. */
    private static boolean goesOn(String command) {
        return command.endsWith("\\") || command.chars().filter(c -> c == '\'').count() % 2 == 1;
    }
}
