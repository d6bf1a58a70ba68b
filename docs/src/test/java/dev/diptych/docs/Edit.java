package dev.diptych.docs;

import dev.diptych.docs.Page.Fence;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * "Now break it": one edit, the test that fails under it, the command that runs it, and the sentence that it fails
 * with.
 *
 * @param page where it stands
 * @param file what is edited, by the end of its path
 * @param type the test's class
 * @param method the test
 * @param diff the lines before and after: with a minus those that go, with a plus those that come, with a space those
 *     that stay; indentation does not matter
 * @param command what a reader types to run the test
 * @param sentence a part of what the test says when it fails
 */
record Edit(Page page, String file, String type, String method, String diff, String command, String sentence) {

    private static final Pattern NOTE = Pattern.compile("(\\S+); fails: (\\w+)#(\\w+)");

    /** All edits of a page, each with the {@code sh} fence and the {@code text} fence that follow. */
    static List<Edit> in(Page page) {
        List<Edit> edits = new ArrayList<>();
        List<Fence> fences = page.fences();
        for (int i = 0; i < fences.size(); i++) {
            Fence fence = fences.get(i);
            if (fence.language().equals("diff") && fence.noted("edit").isEmpty()) { // that one is a Step
                Matcher note = NOTE.matcher(fence.noted("break"));
                if (!note.matches()
                        || i + 2 >= fences.size()
                        || !fences.get(i + 1).language().equals("sh")
                        || !fences.get(i + 2).language().equals("text")) {
                    throw new IllegalArgumentException(
                            "An edit needs <!-- break: File.java; fails: Test#method --> above it, and below it, as sh,"
                                    + " the command that runs the test, and, as text, the sentence that the test fails"
                                    + " with: line " + fence.first() + " of " + page);
                }
                edits.add(new Edit(
                        page,
                        note.group(1),
                        note.group(2),
                        note.group(3),
                        fence.text(),
                        fences.get(i + 1).text().strip(),
                        fences.get(i + 2).text().strip()));
            }
        }
        return edits;
    }

    String applied() {
        return applied(Repo.text(Repo.file(file)));
    }

    /**
     * The text after the edit.
     *
     * @throws IllegalArgumentException when the lines before are not there, or more than once
     */
    String applied(String text) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        List<String> before = side('-');
        List<Integer> places = IntStream.rangeClosed(0, lines.size() - before.size())
                .filter(i -> stripped(lines.subList(i, i + before.size())).equals(stripped(before)))
                .boxed()
                .toList();
        if (places.size() != 1) {
            throw new IllegalArgumentException("The lines before the edit stand " + places.size() + " times in " + file
                    + ": " + String.join(" / ", before));
        }
        List<String> place = lines.subList(places.getFirst(), places.getFirst() + before.size());
        place.clear();
        place.addAll(side('+'));
        return String.join("\n", lines) + "\n";
    }

    private List<String> side(char sign) {
        return diff.lines()
                .filter(line -> line.isEmpty() || line.charAt(0) == ' ' || line.charAt(0) == sign)
                .map(line -> line.isEmpty() ? line : line.substring(1))
                .toList();
    }

    private static List<String> stripped(List<String> lines) {
        return lines.stream().map(String::strip).toList();
    }

    @Override
    public String toString() {
        return page + ", " + type + "#" + method;
    }
}
