package dev.diptych.api;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A server of its own for each class of tests, on the memory store. */
abstract class OverHttp {

    static Diptych diptych;
    static Http http;

    @BeforeAll
    static void start() {
        diptych = Diptych.start(MemoryStore.open(), "127.0.0.1", 0);
        http = new Http(diptych.port());
    }

    @AfterAll
    static void stop() {
        diptych.close();
    }
}
