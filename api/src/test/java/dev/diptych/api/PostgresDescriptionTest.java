package dev.diptych.api;

class PostgresDescriptionTest extends DescriptionSpecs {

    @Override
    Store open() {
        return TestPostgres.fresh();
    }
}
