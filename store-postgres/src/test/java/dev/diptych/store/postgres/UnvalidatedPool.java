package dev.diptych.store.postgres;

import dev.diptych.store.postgres.PostgresPool.Settings;

/** A pool that never validates connections; by default, a pool does so after half a second without use. */
public final class UnvalidatedPool {

    private static final String WINDOW = "com.zaxxer.hikari.aliveBypassWindowMs";

    private UnvalidatedPool() {}

    public static synchronized PostgresPool of(Settings settings) {
        System.setProperty(WINDOW, "600000");
        try {
            return new PostgresPool(settings);
        } finally {
            System.clearProperty(WINDOW);
        }
    }
}
