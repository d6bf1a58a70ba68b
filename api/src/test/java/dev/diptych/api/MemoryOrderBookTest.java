package dev.diptych.api;

import dev.diptych.api.launch.MemoryStore;

class MemoryOrderBookTest extends OrderBookSpecs {

    @Override
    Store open() {
        return MemoryStore.open();
    }
}
