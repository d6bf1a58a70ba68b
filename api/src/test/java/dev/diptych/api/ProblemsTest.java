package dev.diptych.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.http.problem.ProblemKind;
import dev.diptych.api.write.RuleProblems;
import dev.diptych.core.command.Rejections;
import dev.diptych.core.orders.write.OrderRejection;
import dev.diptych.core.subscriptions.write.SubscriptionRejection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The kinds of problem: what the code knows, what the routes answer and what the page says are one and the same. To
 * rewrite the page from the code, run this test with {@code -Dupdate.docs}.
 */
class ProblemsTest extends OverHttp {

    private static final Path PAGE = Path.of("../docs/reference/problems.md");

    @Test
    void the_routes_answer_every_kind_and_no_other() {
        List<JsonNode> listed = new ArrayList<>();
        http.get("/problems").json().get("items").forEach(listed::add);
        assertThat(listed)
                .extracting(each -> each.get("type").asText())
                .containsExactlyElementsOf(
                        Diptych.problemKinds().stream().map(ProblemKind::type).toList());
        for (JsonNode kind : listed) {
            Http.Answer answer = http.get(kind.get("type").asText());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json()).isEqualTo(kind);
            for (String member : List.of("title", "meaning", "remedy")) {
                assertThat(kind.get(member).asText()).as(member).isNotBlank();
            }
        }
        problem(http.get("/problems/nothing"), 404, "/problems/not-found");
        problem(http.get("/problems?limit=1"), 400, "/problems/invalid-parameters");
    }

    @Test
    void names_are_unique_and_have_one_form() {
        assertThat(Diptych.problemKinds())
                .extracting(ProblemKind::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z]+(-[a-z]+)*"));
    }

    @Test
    void there_is_a_kind_for_every_rule_of_the_domain_and_none_without_a_rule() throws Exception {
        List<String> codes = new ArrayList<>();
        for (var family : List.of(OrderRejection.class, SubscriptionRejection.class)) {
            Rejections.examplesOf(family).forEach(rejection -> codes.add(rejection.code()));
        }
        assertThat(RuleProblems.KINDS).extracting(ProblemKind::name).containsExactlyInAnyOrderElementsOf(codes);
    }

    @Tag("full")
    @Test
    void the_page_says_what_the_code_knows() throws IOException {
        String expected = page(Diptych.problemKinds());
        if (Boolean.getBoolean("update.docs")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, expected);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/reference/problems.md, which -Dupdate.docs rewrites")
                .isEqualTo(expected);
    }

    @Test
    void a_page_that_leaves_out_or_changes_a_kind_is_found() throws IOException {
        List<ProblemKind> kinds = Diptych.problemKinds();
        ProblemKind first = kinds.getFirst();
        var changed = new ArrayList<>(kinds);
        changed.set(0, new ProblemKind(first.name(), 499, first.title(), first.meaning(), first.remedy()));
        String page = Files.readString(PAGE);
        assertThat(page(kinds.subList(1, kinds.size()))).isNotEqualTo(page);
        assertThat(page(changed)).isNotEqualTo(page);
    }

    private static String page(List<ProblemKind> kinds) {
        var page = new StringBuilder("""
                # Problems

                Every answer with a status from 400 on is a problem (RFC 9457), `application/problem+json`, whose `type` is one of
                these. The server describes them too: `GET /problems` lists them, and each type is a path that leads to its
                description. This page is written by a test from what the code knows.

                | type | status | meaning | what to do |
                |---|---|---|---|
                """);
        for (ProblemKind kind : kinds) {
            page.append(
                    "| `%s` | %d | %s | %s |%n".formatted(kind.name(), kind.status(), kind.meaning(), kind.remedy()));
        }
        return page.toString();
    }
}
