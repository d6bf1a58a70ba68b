package dev.diptych.api.lab;

import dev.diptych.api.support.OverHttp;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Without the option, the lab is not there. */
class LabOffTest extends OverHttp {

    @Test
    void its_routes_are_404() {
        for (String path : List.of("/lab/feed", "/lab/events", "/lab/streams/order-o")) {
            problem(http.get(path), 404, "/problems/not-found");
        }
        for (String path : List.of(
                "/lab/appends/hold",
                "/lab/appends/release",
                "/lab/projections/order-list/slow",
                "/lab/projections/order-list/crash",
                "/lab/start-over")) {
            problem(http.post(path, "{}"), 404, "/problems/not-found");
        }
    }
}
