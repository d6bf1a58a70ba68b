package dev.diptych.api;

class PostgresPageTest extends PageSpecs {
    @Override
    Store open() {
        return TestPostgres.fresh();
    }
}
