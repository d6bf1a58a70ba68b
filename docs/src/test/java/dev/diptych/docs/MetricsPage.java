package dev.diptych.docs;

import dev.diptych.api.metrics.Metric;
import dev.diptych.api.metrics.Metric.Kind;
import dev.diptych.api.metrics.Metric.Where;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code docs/reference/metrics.md}: every metric, as the code names it and as a running server shows it. */
final class MetricsPage {

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(diptych_\\w+)` \\| (\\w+) \\| (.*?) \\| .* \\| (.*) \\|$");
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    private MetricsPage() {}

    static GeneratedPage current() {
        return of(Arrays.asList(Metric.values()));
    }

    static GeneratedPage of(List<Metric> metrics) {
        var page = new StringBuilder("""
                # Metrics

                `GET /metrics` returns these in the Prometheus text format. It requires the operations token, and each node reports its
                own values. [Operate it](../howto/operate.md) recommends alerts. A test generates this page from the code, and compares
                it with the output of running servers on both stores.

                | metric | type | labels | description | exported by |
                |---|---|---|---|---|
                """);
        for (Metric metric : metrics) {
            page.append("| `%s` | %s | %s | %s | %s |%n"
                    .formatted(
                            metric.id(),
                            type(metric.kind()),
                            metric.labels().stream()
                                    .map(label -> "`" + label + "`")
                                    .collect(Collectors.joining(", ")),
                            metric.meaning(),
                            metric.where()));
        }
        page.append("""

                A histogram has four series: `_bucket`, `_sum`, `_count`, and a gauge `_max`, the maximum of about the last minute.
                Metrics of commands appear with the first command of their name, those of requests with the first request.

                | label | values |
                |---|---|
                | `command` | the name of a command, such as `PlaceOrder` |
                | `outcome` of a command | `accepted`, `rejected`, `not-found`, `conflict`, `command-id-taken`; `unavailable` if the store was unavailable, `failed` for an unexpected error |
                | `outcome` of an append | `appended`, `repeated`, `conflict`, `command-id-taken`, `unavailable`, `failed` |
                | `outcome` of a load | `loaded`, `unavailable`, `failed` |
                | `outcome` of a wait | `met`; `timed-out` if the write did not become visible in time |
                | `projection` | the name of a projection, such as `order-list` |
                | `role` | `write`, `project`, `read` |
                | `route` | a route with its parameters in braces, such as `/orders/{order_id}`, or `none` |
                | `state` of a projection | `running`, `standby`, `paused`, `failed`, `other_version`, `stopped` |
                | `state` of a connection | `active`, `idle` |

                No label contains an id or other text from a client, so the number of series is bounded. A value that the store does not
                return within 1.5 seconds is `NaN`.

                Micrometer adds metrics of the process, with names that begin with `jvm_`, `process_` and `system_`: memory, garbage
                collection, threads, processor, open files, uptime.
                """);
        return new GeneratedPage("docs/reference/metrics.md", page.toString());
    }

    private static String type(Kind kind) {
        return switch (kind) {
            case COUNTER -> "counter";
            case GAUGE -> "gauge";
            case DURATION, SIZE -> "histogram";
        };
    }

    /** In what a page and the answer of a server that has all roles differ. */
    static List<String> differences(String page, String scrape, boolean onPostgres) {
        Map<String, String> described = described(page, onPostgres);
        Map<String, String> shown = shown(scrape);
        List<String> differences = new ArrayList<>();
        Set<String> names = new TreeSet<>(described.keySet());
        names.addAll(shown.keySet());
        for (String name : names) {
            String wanted = described.getOrDefault(name, "not there");
            String found = shown.getOrDefault(name, "not there");
            if (!wanted.equals(found)) {
                differences.add(name + " is " + found + ", and on the page " + wanted);
            }
        }
        return differences;
    }

    private static Map<String, String> described(String page, boolean onPostgres) {
        Map<String, String> described = new TreeMap<>();
        ROW.matcher(page)
                .results()
                .filter(row -> onPostgres || !row.group(4).equals(Where.POSTGRES.toString()))
                .forEach(row -> {
                    String labels = Pattern.compile("\\w+")
                            .matcher(row.group(3))
                            .results()
                            .map(label -> label.group())
                            .sorted()
                            .toList()
                            .toString();
                    described.put(row.group(1), row.group(2) + labels);
                    if (row.group(2).equals("histogram")) {
                        described.put(row.group(1) + "_max", "gauge" + labels);
                    }
                });
        return described;
    }

    /** What the binders of the process add is left out, and anything else is not. */
    private static Map<String, String> shown(String scrape) {
        Map<String, String> shown = new TreeMap<>();
        TYPE.matcher(scrape)
                .results()
                .filter(family -> !family.group(1).matches("(jvm|process|system)_.*"))
                .forEach(family -> shown.put(family.group(1), family.group(2) + labels(family.group(1), scrape)));
        return shown;
    }

    private static Set<String> labels(String name, String scrape) {
        Set<String> labels = new TreeSet<>();
        scrape.lines()
                .filter(line -> line.matches(name + "(_bucket|_sum|_count)?\\{.*"))
                .forEach(line -> LABEL.matcher(line).results().forEach(label -> labels.add(label.group(1))));
        labels.remove("le");
        return labels;
    }
}
