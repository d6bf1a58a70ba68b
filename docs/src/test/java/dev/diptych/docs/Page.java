package dev.diptych.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page in Markdown, with its fences: the blocks between two lines of three or more backticks. */
record Page(Path path, String text) {

    private static final Pattern OPENING = Pattern.compile("^( *)(`{3,})([^`\\s]*)[^`]*$");
    private static final Pattern COMMENT = Pattern.compile("^ *<!-- (.*) -->$");

    /**
     * A block.
     *
     * @param language what stands behind the backticks
     * @param note the comment on the line above it, empty when there is none
     * @param text its lines, each with its line break and without the indentation of the fence
     * @param first the number of its first line, from 0, behind the backticks
     * @param end the number of the line that closes it
     */
    record Fence(String language, String note, String text, int first, int end) {

        /** What a note says that begins with this word and a colon; empty when there is no such note. */
        String noted(String word) {
            return note.startsWith(word + ": ") ? note.substring(word.length() + 2) : "";
        }
    }

    static Page read(Path path) {
        return new Page(path, Repo.text(path));
    }

    /** A page that exists only to see a check fail. */
    static Page planted(String text) {
        return new Page(Repo.ROOT.resolve("docs/planted.md"), text);
    }

    String name() {
        return Repo.relative(path);
    }

    List<Fence> fences() {
        List<String> lines = text.lines().toList();
        List<Fence> fences = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher opening = OPENING.matcher(lines.get(i));
            if (opening.matches()) {
                int end = closing(lines, i, opening.group(2));
                fences.add(fence(lines, i, end, opening));
                i = end;
            }
        }
        return fences;
    }

    List<Fence> fences(String language) {
        return fences().stream()
                .filter(fence -> fence.language().equals(language))
                .toList();
    }

    private static Fence fence(List<String> lines, int opening, int end, Matcher matcher) {
        var text = new StringBuilder();
        for (String line : lines.subList(opening + 1, end)) {
            text.append(
                            line.startsWith(matcher.group(1))
                                    ? line.substring(matcher.group(1).length())
                                    : line)
                    .append('\n');
        }
        Matcher comment = COMMENT.matcher(opening == 0 ? "" : lines.get(opening - 1));
        return new Fence(
                matcher.group(3), comment.matches() ? comment.group(1) : "", text.toString(), opening + 1, end);
    }

    private int closing(List<String> lines, int opening, String backticks) {
        for (int i = opening + 1; i < lines.size(); i++) {
            if (lines.get(i).strip().equals(backticks)) {
                return i;
            }
        }
        throw new AssertionError("A fence of " + path + " is never closed: line " + (opening + 1));
    }

    /** The page with another text in one of its fences. */
    Page with(Fence fence, String newText) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        String opening = lines.get(fence.first() - 1);
        String indentation = opening.substring(0, opening.indexOf('`'));
        lines.subList(fence.first(), fence.end()).clear();
        lines.addAll(
                fence.first(),
                newText.lines().map(line -> indented(indentation, line)).toList());
        return new Page(path, String.join("\n", lines) + "\n");
    }

    /** The page with other texts in all its fences of a language. */
    Page with(String language, List<String> newTexts) {
        List<Fence> fences = fences(language);
        Page page = this;
        for (int i = fences.size() - 1; i >= 0; i--) { // from the end, so that the lines before keep their numbers
            page = page.with(fences.get(i), newTexts.get(i));
        }
        return page;
    }

    private static String indented(String indentation, String line) {
        return line.isEmpty() ? line : indentation + line;
    }

    /** The text without its fences, line by line. */
    List<String> prose() {
        List<String> lines = new ArrayList<>(text.lines().toList());
        fences().forEach(fence -> {
            for (int i = fence.first() - 1; i <= fence.end(); i++) {
                lines.set(i, "");
            }
        });
        return lines;
    }

    void write() {
        try {
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
