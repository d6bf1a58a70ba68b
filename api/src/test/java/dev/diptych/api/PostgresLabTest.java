package dev.diptych.api;

class PostgresLabTest extends LabSpecs {
    @Override
    Store open() {
        return TestPostgres.fresh();
    }
}
