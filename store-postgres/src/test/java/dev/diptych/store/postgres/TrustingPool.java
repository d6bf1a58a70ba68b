package dev.diptych.store.postgres;

import dev.diptych.store.postgres.PostgresPool.Settings;

/** A pool that never asks a connection whether it still works, as a pool does when nobody has used it for half a second. */
final class TrustingPool {

    private static final String WINDOW = "com.zaxxer.hikari.aliveBypassWindowMs";

    private TrustingPool() {}

    static synchronized PostgresPool of(Settings settings) {
        System.setProperty(WINDOW, "600000");
        try {
            return new PostgresPool(settings);
        } finally {
            System.clearProperty(WINDOW);
        }
    }
}
