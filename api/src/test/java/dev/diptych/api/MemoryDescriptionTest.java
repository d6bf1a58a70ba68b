package dev.diptych.api;

class MemoryDescriptionTest extends DescriptionSpecs {
    @Override
    Store open() {
        return MemoryStore.open();
    }
}
