package dev.diptych.store.memory.addresses;

import dev.diptych.core.addresses.Addresses;
import dev.diptych.core.addresses.AddressesContract;

class MemoryAddressesTest extends AddressesContract {

    private final Addresses addresses = new MemoryAddresses();

    @Override
    protected Addresses addresses() {
        return addresses;
    }
}
