package dev.diptych.api;

class MemoryPageTest extends PageSpecs {
    @Override
    Store open() {
        return MemoryStore.open();
    }
}
