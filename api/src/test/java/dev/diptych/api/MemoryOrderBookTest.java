package dev.diptych.api;

class MemoryOrderBookTest extends OrderBookSpecs {

    @Override
    Store open() {
        return MemoryStore.open();
    }
}
