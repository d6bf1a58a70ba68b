package dev.diptych.api;

class MemoryDescribedRoutesTest extends DescribedRoutesSpecs {
    @Override
    Store open() {
        return MemoryStore.open();
    }
}
