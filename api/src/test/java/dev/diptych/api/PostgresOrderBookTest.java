package dev.diptych.api;

class PostgresOrderBookTest extends OrderBookSpecs {

    @Override
    Store open() {
        return TestPostgres.fresh();
    }
}
