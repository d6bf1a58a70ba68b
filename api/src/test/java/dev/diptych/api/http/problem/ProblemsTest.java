package dev.diptych.api.http.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diptych.api.NodeState;
import dev.diptych.api.support.Http;
import dev.diptych.api.support.OverHttp;
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
 * The problem types in the code, in the routes and on the page are equal. To generate the page, run this test with
 * {@code -Dupdate.docs}.
 */
class ProblemsTest extends OverHttp {

    private static final Path PAGE = Path.of("../docs/reference/problems.md");

    @Test
    void the_routes_return_exactly_the_existing_types() {
        List<JsonNode> listed = new ArrayList<>();
        http.get("/problems").json().get("items").forEach(listed::add);
        assertThat(listed)
                .extracting(each -> each.get("type").asText())
                .containsExactlyElementsOf(
                        NodeState.problemKinds().stream().map(ProblemKind::type).toList());
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
    void names_are_unique_and_uniform() {
        assertThat(NodeState.problemKinds())
                .extracting(ProblemKind::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z]+(-[a-z]+)*"));
    }

    @Test
    void each_domain_rule_has_one_problem_type() throws Exception {
        List<String> codes = new ArrayList<>();
        for (var family : List.of(OrderRejection.class, SubscriptionRejection.class)) {
            Rejections.examplesOf(family).forEach(rejection -> codes.add(rejection.code()));
        }
        assertThat(RuleProblems.KINDS).extracting(ProblemKind::name).containsExactlyInAnyOrderElementsOf(codes);
    }

    @Tag("full")
    @Test
    void the_page_matches_the_code() throws IOException {
        String expected = page(NodeState.problemKinds());
        if (Boolean.getBoolean("update.docs")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, expected);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/reference/problems.md, which -Dupdate.docs rewrites")
                .isEqualTo(expected);
    }

    @Test
    void a_missing_or_changed_type_on_the_page_is_detected() throws IOException {
        List<ProblemKind> kinds = NodeState.problemKinds();
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

                Every response with a status of at least 400 is a problem (RFC 9457), `application/problem+json`, with
                one of these types. `GET /problems` also lists them, and each type is the path of its description. A
                test generates this page from the code.

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
