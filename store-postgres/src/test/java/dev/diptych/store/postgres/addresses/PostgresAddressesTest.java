package dev.diptych.store.postgres.addresses;

import dev.diptych.core.addresses.Addresses;
import dev.diptych.core.addresses.AddressesContract;
import dev.diptych.store.postgres.Database;
import dev.diptych.store.postgres.TestDatabase;
import dev.diptych.store.postgres.readmodels.Contexts;
import org.junit.jupiter.api.AfterEach;

class PostgresAddressesTest extends AddressesContract {

    private final TestDatabase on = Contexts.fresh();

    @AfterEach
    void drop() {
        on.close();
    }

    @Override
    protected Addresses addresses() {
        return new PostgresAddresses(Database.ofWriter(on.source()));
    }
}
