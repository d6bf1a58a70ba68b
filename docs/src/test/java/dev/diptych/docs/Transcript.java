package dev.diptych.docs;

import dev.diptych.docs.Page.Fence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The {@code console} fences of a page, which are one session at a prompt, from top to bottom. Times, ids that the
 * server made, histories and tokens are never the same twice: they are compared by where they stand, and one of them
 * must stand for the same value all over the page. A later command takes such a value from an answer, by a variable of
 * the shell, so a reader can paste the session.
 */
final class Transcript {

    private static final Pattern NEVER_THE_SAME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z"
                    + "|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
                    + "|(?<=\\b\\d{1,18}\\.|Store-History: )[0-9a-f]{12}\\b"
                    + "|(?<=after=|Consistency-Token: )[A-Za-z0-9_-]{19,}");

    /** What runs the commands, all in one session: a later one sees the variables of those before it. */
    @FunctionalInterface
    interface Shell {
        String run(String command) throws Exception;
    }

    private final Shell shell;
    private final Map<String, String> shownAsNow = new HashMap<>();
    private final Map<String, String> nowAsShown = new HashMap<>();

    Transcript(Shell shell) {
        this.shell = shell;
    }

    /**
     * The sessions of a page as they are shown, or, if one output differs in more than what is never the same, with all
     * outputs as they are now.
     */
    List<String> replay(Page page) throws Exception {
        List<String> shown = new ArrayList<>();
        List<String> now = new ArrayList<>();
        boolean same = true;
        for (Fence fence : page.fences("console")) {
            shown.add(fence.text());
            if (!fence.noted("run").isEmpty()) {
                now.add(fence.text());
                continue;
            }
            var played = new StringBuilder();
            for (Entered entered : entered(fence.text())) {
                String output = shell.run(entered.command());
                played.append("$ ").append(entered.command()).append('\n').append(output);
                same &= same(entered.output(), output);
            }
            now.add(played.toString());
        }
        return same ? shown : now;
    }

    /** Whether two outputs differ only in what is never the same, and that stands for the same value as before. */
    private boolean same(String shown, String output) {
        if (!masked(shown).equals(masked(output))) {
            return false;
        }
        List<String> before = changing(shown);
        List<String> now = changing(output);
        boolean same = true;
        for (int i = 0; i < before.size(); i++) {
            same &= now.get(i).equals(shownAsNow.computeIfAbsent(before.get(i), fixed(now.get(i))));
            same &= before.get(i).equals(nowAsShown.computeIfAbsent(now.get(i), fixed(before.get(i))));
        }
        return same;
    }

    private static Function<String, String> fixed(String value) {
        return key -> value;
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

    /** A command continues after a backslash or a bar, and until its quotes are closed. */
    private static boolean goesOn(String command) {
        return command.endsWith("\\")
                || command.endsWith("|")
                || command.chars().filter(c -> c == '\'').count() % 2 == 1;
    }
}
