package dev.diptych.api;

class PostgresDescribedRoutesTest extends DescribedRoutesSpecs {

    @Override
    Store open() {
        return TestPostgres.fresh();
    }
}
