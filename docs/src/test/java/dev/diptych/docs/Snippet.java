package dev.diptych.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A part of a source file, found by what it is, so that sources need no marks: a whole file, a type or a method by its
 * name, or a statement by some text in its first line.
 *
 * @param file the file, by the end of its path
 * @param part a name, or a text in double quotes; empty for the whole file
 */
record Snippet(String file, String part) {

    private static final String METHOD =
            "^ *(?!return\\b|throw\\b|new\\b|else\\b|case\\b)[\\w<@][\\w@.?<>\\[\\], &]*\\sNAME\\s*\\(.*";
    private static final String TYPE =
            "^ *(?:(?:public|private|protected|static|final|abstract|sealed|non-sealed) )*(?:class|record|interface|enum) NAME\\b.*";
    private static final Pattern NOT_CODE =
            Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'|//.*|^ *(?:/\\*\\*|\\*).*");
    private static final Pattern JAVADOC = Pattern.compile("(?ms)(?:(?<=\\{\\n)\\n)?^ *+/\\*\\*.*?\\*/\\n");
    private static final Pattern END = Pattern.compile(".*[;{}]|.*\\*/| *");
    private static final Pattern NOT_SQL = Pattern.compile("'[^']*'|--.*");

    /** Reads {@code Order.java#ship}, {@code Order.java#ship,cancel} or {@code "..."} instead of a name. */
    static List<Snippet> of(String note) {
        int hash = note.indexOf('#');
        if (hash < 0) {
            return List.of(new Snippet(note, ""));
        }
        String part = note.substring(hash + 1);
        Stream<String> parts = part.startsWith("\"") ? Stream.of(part) : Stream.of(part.split(","));
        return parts.map(each -> new Snippet(note.substring(0, hash), each)).toList();
    }

    /** All that a note asks for, with an empty line between two parts. */
    static String cut(String note) {
        return of(note).stream().map(Snippet::cut).collect(Collectors.joining("\n"));
    }

    String cut() {
        Path path = Repo.file(file);
        return cutFrom(Repo.text(path));
    }

    String cutFrom(String text) {
        if (part.isEmpty()) {
            return text;
        }
        List<String> lines = text.lines().toList();
        int first = first(lines);
        int last = last(lines, first);
        return withoutComments(String.join("\n", lines.subList(firstAnnotation(lines, first), last + 1))
                        .stripIndent() + "\n");
    }

    /** The line on which the annotations of a part begin, some of which take several lines; else its own first line. */
    private static int firstAnnotation(List<String> lines, int first) {
        int begin = first;
        for (int i = first - 1; i >= 0 && !END.matcher(lines.get(i)).matches(); i--) {
            begin = lines.get(i).strip().startsWith("@") ? i : begin;
        }
        return begin;
    }

    /** What a comment says, the page says in its own words. */
    private static String withoutComments(String code) {
        return JAVADOC.matcher(code).replaceAll("");
    }

    private int first(List<String> lines) {
        if (part.startsWith("\"")) {
            String text = part.substring(1, part.length() - 1);
            return found(lines, line -> line.contains(text));
        }
        Pattern method = Pattern.compile(METHOD.replace("NAME", Pattern.quote(part)));
        Pattern type = Pattern.compile(TYPE.replace("NAME", Pattern.quote(part)));
        return found(
                lines,
                line -> method.matcher(line).matches() || type.matcher(line).matches());
    }

    private int found(List<String> lines, java.util.function.Predicate<String> matches) {
        for (int i = 0; i < lines.size(); i++) {
            if (matches.test(lines.get(i))) {
                return i;
            }
        }
        throw new IllegalArgumentException("There is no " + part + " in " + file);
    }

    /** The line on which everything that was opened is closed again, and the statement or the body ends. */
    private int last(List<String> lines, int first) {
        Pattern noise = file.endsWith(".sql") ? NOT_SQL : NOT_CODE;
        int open = 0;
        List<String> seen = new ArrayList<>();
        for (int i = first; i < lines.size(); i++) {
            String code = noise.matcher(lines.get(i)).replaceAll("").stripTrailing();
            seen.add(code);
            open += count(code, "([{") - count(code, ")]}");
            if (open <= 0 && (code.endsWith(";") || code.endsWith("}"))) {
                return i;
            }
        }
        throw new IllegalArgumentException(part + " in " + file + " has no end: " + seen);
    }

    private static int count(String text, String characters) {
        return (int) text.chars().filter(c -> characters.indexOf(c) >= 0).count();
    }
}
