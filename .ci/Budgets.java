import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;

/**
 * Compares what it costs to understand and to change this project with the limits in budgets.txt. Expects the output of
 * ExecutedFiles as its input, and the root of the project as its directory; .ci/budgets sees to both.
 */
final class Budgets {

    private static final Path LIMITS = Path.of(".ci/budgets.txt");
    private static final List<String> MODULES = List.of("core", "store-memory", "store-postgres", "api", "docs");
    private static final String GENERIC =
            "core/src/main/java/dev/diptych/core/(?!orders/|subscriptions/|customers/|renewals/|addresses/).*";

    /** Literals, since "//" and "/*" begin no comment in them, and comments. */
    private static final Pattern LITERAL_OR_COMMENT = Pattern.compile("(?s)(?<literal>"
            + "\"\"\"(?:[^\\\\\"]++|\\\\.|\"(?!\"\"))*+\"\"\"|\"(?:[^\\\\\"]++|\\\\.)*+\"|'(?:[^\\\\']|\\\\.)*+'"
            + ")|//[^\n]*|/\\*.*?\\*/");

    /**
     * A figure.
     *
     * @param items what was counted, where it has names
     * @param remedy what to do when the figure is above its limit
     */
    record Row(String key, String what, long now, Collection<String> items, String remedy) {}

    /**
     * A line of budgets.txt.
     *
     * @param design the budget of the design, which decides nothing
     */
    record Limit(long most, String design) {}

    /** A figure cannot be had; the message says why. */
    static final class CannotMeasure extends RuntimeException {
        CannotMeasure(String why) {
            super(why);
        }
    }

    public static void main(String[] args) throws IOException {
        try {
            List<Row> rows = rows(new String(System.in.readAllBytes()).lines().toList());
            Map<String, Limit> limits = limits(rows);
            print(rows, limits, List.of(args).contains("--list"));
            System.exit(complain(rows, limits) ? 1 : 0);
        } catch (CannotMeasure e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    // Figures and limits

    private static List<Row> rows(List<String> executed) throws IOException {
        String pass = "Join files that every request passes, or take one out of its way.";
        String edit = "Let one place say what several places say now.";
        String code = "Say the same in less code; do not pack lines, or move code to where it is not counted.";
        Set<String> command = touched("docs/howto/add-a-command.md");
        Set<String> view = touched("docs/howto/add-a-view.md");
        Set<String> both = new TreeSet<>(command);
        both.addAll(view);
        List<String> main = sources("main");
        return List.of(
                row("post-files", "files executed by POST /orders", executed("POST ", executed, main), pass),
                row("get-files", "files executed by GET /orders/{id}", executed("GET ", executed, main), pass),
                row("command-files", "files touched to add a command", command, edit),
                row("view-files", "files touched to add a view", view, edit),
                row("howto-files", "files touched to add both", both, edit),
                lines("main-lines", "code lines of main Java", main, ".*", code),
                lines("api-lines", "code lines of api", main, "api/.*", code),
                lines("generic-lines", "code lines of core's generic packages", main, GENERIC, code),
                lines("postgres-lines", "code lines of store-postgres", main, "store-postgres/.*", code),
                lines("test-lines", "code lines of test Java", sources("test"), ".*", code),
                row("package-files", "files of the largest package", largestPackage(main), "Divide it by purpose."),
                row("undocumented", "public types without Javadoc", undocumented(main), "Write it, or hide the type."));
    }

    private static Row row(String key, String what, Collection<String> items, String remedy) {
        return new Row(key, what, items.size(), items, remedy);
    }

    private static Row lines(String key, String what, List<String> files, String counted, String remedy) {
        long lines = files.stream()
                .filter(file -> file.matches(counted))
                .mapToLong(file -> codeLines(text(file)))
                .sum();
        return new Row(key, what, lines, List.of(), remedy);
    }

    private static Map<String, Limit> limits(List<Row> rows) {
        Map<String, Limit> limits = new HashMap<>();
        for (MatchResult line : matches("(?m)^([a-z-]+) +(\\d+) +(\\d+|-)$", text(LIMITS.toString()))) {
            limits.put(line.group(1), new Limit(Long.parseLong(line.group(2)), line.group(3)));
        }
        Set<String> keys = rows.stream().map(Row::key).collect(Collectors.toSet());
        if (!limits.keySet().equals(keys)) {
            throw new CannotMeasure(LIMITS + " has limits for " + limits.keySet() + ", and must have them for " + keys);
        }
        return limits;
    }

    private static void print(List<Row> rows, Map<String, Limit> limits, boolean list) {
        System.out.printf("%-38s %6s %6s %6s%n", "cost of understanding and change", "now", "limit", "design");
        for (Row row : rows) {
            Limit limit = limits.get(row.key());
            System.out.printf("%-38s %6d %6d %6s%n", row.what(), row.now(), limit.most(), limit.design());
            if (list) {
                row.items().forEach(item -> System.out.println("    " + item));
            }
        }
    }

    private static boolean complain(List<Row> rows, Map<String, Limit> limits) {
        List<Row> above = rows.stream().filter(row -> row.now() > limits.get(row.key()).most()).toList();
        for (Row row : above) {
            long most = limits.get(row.key()).most();
            System.out.printf("%n%s is above its limit: %d %s, %d are allowed. %s%n",
                    row.key(), row.now(), row.what(), most, row.remedy());
        }
        if (!above.isEmpty()) {
            System.out.println("\n.ci/budgets --list names the files. " + LIMITS + " says when a limit may rise.");
        }
        return !above.isEmpty();
    }

    // Requests

    /** The sources that a request executes. */
    private static Set<String> executed(String method, List<String> executed, List<String> main) {
        Set<String> files = new TreeSet<>();
        for (String line : executed) {
            if (line.startsWith(method)) {
                String end = "/src/main/java/" + line.substring(method.length());
                files.add(main.stream().filter(file -> file.endsWith(end)).findFirst().orElseThrow(
                        () -> new CannotMeasure("No source ends in " + end + ". Build the jar again.")));
            }
        }
        return files;
    }

    // How-tos

    /** The files that the reader of a page writes, changes and copies. Pages do not name what the build generates. */
    private static Set<String> touched(String page) {
        Set<String> files = new TreeSet<>();
        matches("(?m)^<!-- new file: (.+) -->$", text(page)).forEach(note -> files.add(note.group(1)));
        matches("(?m)^<!-- edit: (.+) -->$", text(page)).forEach(note -> files.add(theOne(note.group(1))));
        matches("(?ms)^```bash\n(.*?)^```$", text(page)).forEach(block -> files.addAll(written(block.group(1))));
        return files;
    }

    /** A file that a page names by its path or by the end of it, as the tests of the pages understand that. */
    private static String theOne(String name) {
        if (Files.isRegularFile(Path.of(name))) {
            return name;
        }
        List<String> found = MODULES.stream()
                .flatMap(module -> below(module + "/src").stream())
                .filter(file -> file.endsWith("/" + name))
                .filter(file -> !file.matches(".*/violations/.*|.*/src/test/resources/.*/src/.*"))
                .toList();
        if (found.size() != 1) {
            throw new CannotMeasure("A how-to changes " + name + ", which must be one file; it is " + found);
        }
        return found.get(0);
    }

    /** The files that commands write. Commands that pages do not use are refused, so that no file escapes. */
    private static Set<String> written(String commands) {
        Set<String> files = new TreeSet<>();
        Map<String, String> variables = new HashMap<>();
        for (String command : commands.replace("\\\n", " ").lines().toList()) {
            String[] words = command.split("[ =]");
            if (command.matches("cp -r \\S+ \\.")) {
                below(words[2]).forEach(file -> files.add(file.substring(words[2].lastIndexOf("/") + 1)));
            } else if (command.matches("mv \\S+ \\S+")) {
                files.add(variables.getOrDefault(words[2], words[2]));
            } else if (command.matches("\\w+=\\S+")) {
                variables.put("$" + words[0], words[1]);
            } else if (!command.matches("mvn .*|awk .*")) { // what awk writes is moved afterwards
                throw new CannotMeasure("Budgets does not know which files a how-to writes by: " + command);
            }
        }
        return files;
    }

    // Sources

    /** The lines that have more than a comment, without those of the package and of imports. */
    private static long codeLines(String source) {
        String code = LITERAL_OR_COMMENT.matcher(source).replaceAll(part -> part.group("literal") == null
                ? part.group().replaceAll(".", "") // keeps the line breaks
                : part.group().replaceAll("\\S", "x"));
        return code.lines().filter(line -> !line.isBlank() && !line.matches("(package|import) .*")).count();
    }

    /** Its files, but for package-info.java. */
    private static Collection<String> largestPackage(List<String> main) {
        return main.stream()
                .filter(file -> !file.endsWith("/package-info.java"))
                .collect(Collectors.groupingBy(file -> Path.of(file).getParent()))
                .values().stream()
                .max(Comparator.comparing(List::size))
                .orElse(List.of());
    }

    private static List<String> undocumented(List<String> main) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var sources = compiler.getStandardFileManager(null, null, null).getJavaFileObjectsFromStrings(main);
        var parser = (JavacTask) compiler.getTask(null, null, null, null, null, sources);
        var scanner = new Undocumented(Trees.instance(parser));
        scanner.scan(parser.parse(), false);
        return scanner.found;
    }

    /** Finds the public types without Javadoc; those in an interface are public unasked. */
    private static final class Undocumented extends TreePathScanner<Void, Boolean> {
        private final Trees trees;
        private final List<String> found = new ArrayList<>();

        Undocumented(Trees trees) {
            this.trees = trees;
        }

        @Override
        public Void visitClass(ClassTree type, Boolean inInterface) {
            if (inInterface || type.getModifiers().getFlags().contains(Modifier.PUBLIC)) {
                if (trees.getDocComment(getCurrentPath()) == null) {
                    found.add(getCurrentPath().getCompilationUnit().getPackageName() + "." + type.getSimpleName());
                }
                super.visitClass(type, type.getKind() == Tree.Kind.INTERFACE);
            }
            return null; // nothing inside a hidden type can be seen
        }

        @Override
        public Void visitMethod(MethodTree method, Boolean inInterface) {
            return null; // the types in it are local
        }
    }

    // Files

    private static List<String> sources(String kind) {
        return MODULES.stream()
                .flatMap(module -> below(module + "/src/" + kind + "/java").stream())
                .filter(file -> file.endsWith(".java"))
                .toList();
    }

    private static List<String> below(String folder) {
        if (!Files.isDirectory(Path.of(folder))) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.filter(Files::isRegularFile).map(Path::toString).sorted().toList();
        } catch (IOException e) {
            throw new CannotMeasure("Cannot list " + folder);
        }
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new CannotMeasure("Cannot read " + file);
        }
    }

    private static List<MatchResult> matches(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().toList();
    }
}
