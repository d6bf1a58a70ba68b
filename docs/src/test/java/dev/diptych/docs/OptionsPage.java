package dev.diptych.docs;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code docs/reference/options.md}: every option of the program, as {@code --help} has it. */
final class OptionsPage {

    private static final Pattern ENVIRONMENT = Pattern.compile("\\s*Environment: (\\w+)\\.?");
    private static final Pattern DEFAULT = Pattern.compile("\\s*Default: (.+?)\\.?$");

    private OptionsPage() {}

    static GeneratedPage of(CommandSpec program) {
        var page = new StringBuilder("""
                # Options

                The options of the program, for `java -jar api/target/diptych.jar`, or in `-Dargs` of `mvn -q -Prun`. Each can also be
                set by an environment variable; the command line takes precedence. A test generates this page from `--help`.

                | option | environment | default | description |
                |---|---|---|---|
                """);
        List<OptionSpec> options = program.options().stream()
                .filter(option -> !option.hidden())
                .sorted(Comparator.comparing(OptionSpec::longestName))
                .toList();
        for (OptionSpec option : options) {
            String description = String.join(" ", option.description())
                    .replace("${COMPLETION-CANDIDATES}", candidates(option))
                    .replace("|", "\\|");
            page.append("| `%s` | %s | %s | %s |%n"
                    .formatted(
                            option.longestName(),
                            code(found(ENVIRONMENT, description)),
                            code(found(DEFAULT, description)),
                            DEFAULT.matcher(ENVIRONMENT.matcher(description).replaceAll(""))
                                    .replaceAll("")
                                    .strip()));
        }
        return new GeneratedPage("docs/reference/options.md", page.toString());
    }

    private static String candidates(OptionSpec option) {
        return option.completionCandidates() == null ? "" : String.join(", ", option.completionCandidates());
    }

    private static String found(Pattern pattern, String description) {
        var matcher = pattern.matcher(description);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }
}
