package dev.diptych.api.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diptych.api.http.access.Side;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Every route declares its side. */
class RouteTest {

    private static Javalin with(Consumer<RoutesConfig> routes) {
        return Javalin.create(config -> routes.accept(config.routes));
    }

    @Test
    void a_route_without_a_side_is_detected() {
        assertThatThrownBy(() -> Route.of(with(routes -> routes.get("/back-door", ctx -> {}))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("GET /back-door is declared for [], but must be for one side");
    }

    @Test
    void a_route_with_two_sides_is_detected() {
        assertThatThrownBy(() -> Route.of(with(routes -> routes.get("/both", ctx -> {}, Side.READ, Side.OPEN))))
                .hasMessageContaining("GET /both is declared for");
    }

    @Test
    void an_unknown_path_belongs_to_the_sides_of_similar_routes() {
        with(config -> {
            var routes = new Routes(config);
            routes.of(Side.READ).get("/orders/{id}", ctx -> {});
            routes.of(Side.WRITE).post("/orders", ctx -> {});
            routes.of(Side.OPEN).get("/", ctx -> {});
            assertThat(routes.sidesNear("/orders/a/b/c")).isEqualTo(Set.of(Side.READ, Side.WRITE));
            assertThat(routes.sidesNear("//orders")).isEqualTo(Set.of(Side.READ, Side.WRITE));
            assertThat(routes.sidesNear("/orders2")).isEmpty();
            assertThat(routes.sidesNear("/")).isEqualTo(Set.of(Side.OPEN));
        });
    }
}
