package dev.diptych.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diptych.api.RunningApi;
import dev.diptych.core.json.JsonEventCodec;
import dev.diptych.core.money.Money;
import dev.diptych.core.orders.events.OrderEvent.OrderPaid;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The pages in {@code docs/reference} that are written from the code say what the code says. */
class ReferencePagesTest {

    @Tag("full")
    @Test
    void the_page_of_events_says_what_is_stored() {
        EventsPage.current().check();
    }

    @Tag("full")
    @Test
    void the_page_of_rules_says_what_is_checked() throws Exception {
        GeneratedPage page = RulesPage.current();
        assertThat(page.text().split("\n\n"))
                .filteredOn(paragraph -> paragraph.startsWith("- "))
                .hasSizeGreaterThan(20)
                .allMatch(rule -> rule.contains("*Because"));
        page.check();
    }

    @Tag("full")
    @Test
    void the_page_of_sql_says_what_is_in_the_database() {
        GeneratedPage page = SqlPage.current();
        assertThat(page.text().lines().filter(line -> line.startsWith("| `")))
                .hasSizeGreaterThan(50)
                .allMatch(line -> line.matches("\\| `[^`]+` \\| .*\\S.* \\| \\[.*\\) \\|"));
        page.check();
    }

    @Tag("full")
    @Test
    void the_page_of_options_says_what_the_help_says() throws Exception {
        GeneratedPage page = OptionsPage.of(RunningApi.options());
        assertThat(page.text()).contains("| `--port` | `DIPTYCH_PORT` | `7070` | The port to listen on");
        page.check();
    }

    @Tag("full")
    @Test
    void the_page_of_routes_says_what_the_document_says() throws Exception {
        GeneratedPage page = RoutesPage.current();
        assertThat(page.text()).contains("| `POST /orders/{order_id}/ship` | Ship an order | 202,");
        page.check();
    }

    @Test
    void a_page_that_leaves_something_out_is_found() throws Exception {
        var fewer = JsonEventCodec.builder()
                .scalar(Money.class, Money::of)
                .event("order-paid", 1, OrderPaid.class)
                .build();
        assertThat(EventsPage.of(fewer).isCurrent()).isFalse();
        assertThat(RulesPage.of(Map.of("core", Set.of("a rule, because of a reason")))
                        .isCurrent())
                .isFalse();
        assertThat(OptionsPage.of(CommandSpec.create()
                                .addOption(OptionSpec.builder("--new")
                                        .description("New.")
                                        .build()))
                        .isCurrent())
                .isFalse();
        assertThat(RoutesPage.of(new ObjectMapper()
                                .readTree("{\"tags\":[{\"name\":\"orders\",\"description\":\"x\"}],\"paths\":{}}"))
                        .isCurrent())
                .isFalse();
        Map<String, String> files = SqlPage.files();
        files.put("migration/events/V99__new.sql", "-- New.\nCREATE TABLE diptych.brand_new (id bigint);\n");
        GeneratedPage withATable = SqlPage.of(files);
        assertThat(withATable.text()).contains("| `brand_new` | New. |");
        assertThat(withATable.isCurrent()).isFalse();
    }
}
