package dev.diptych.api;

import dev.diptych.api.launch.MemoryStore;

class MemoryDescriptionTest extends DescriptionSpecs {
    @Override
    Store open() {
        return MemoryStore.open();
    }
}
