package dev.diptych.api;

import dev.diptych.api.launch.MemoryStore;

class MemoryPageTest extends PageSpecs {
    @Override
    Store open() {
        return MemoryStore.open();
    }
}
