package com.example.bank.app;

import com.example.bank.accounts.StoredAccountEvents;
import com.example.bank.accounts.read.BalanceProjection;
import com.example.bank.accounts.write.AccountCommand;
import com.example.bank.api.launch.Migrations;
import com.example.bank.core.command.CommandBus;
import com.example.bank.core.command.DirectCommandBus;
import com.example.bank.core.command.RetryingCommandBus;
import com.example.bank.core.eventstore.EventStore;
import com.example.bank.core.json.JsonEventCodec;
import com.example.bank.core.projection.LogReader;
import com.example.bank.core.projection.ProjectionRunner;
import com.example.bank.store.postgres.Database;
import com.example.bank.store.postgres.PostgresPool;
import com.example.bank.store.postgres.PostgresPool.Settings;
import com.example.bank.store.postgres.PostgresSchema;
import com.example.bank.store.postgres.PostgresWakeUps;
import com.example.bank.store.postgres.accounts.PostgresBalances;
import com.example.bank.store.postgres.events.PostgresEventStore;
import com.example.bank.store.postgres.readmodels.PostgresLease;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The store and what runs on it. Spring closes each bean that can be closed, in reverse order. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    private static final int ATTEMPTS = 10;

    @Bean
    PostgresPool storePool(
            @Value("${bank.store.url}") String url,
            @Value("${bank.store.user}") String user,
            @Value("${bank.store.password}") String password,
            @Value("${bank.store.connections}") int connections) {
        Settings settings = Settings.of(url, user, password, "bank").withSize(connections);
        Migrations.run(settings, List.of(PostgresSchema.EVENTS, PostgresBalances.SCHEMA));
        return new PostgresPool(settings);
    }

    @Bean
    Database storeDatabase(PostgresPool pool) {
        return Database.ofProjector(pool.pooled());
    }

    @Bean
    PostgresWakeUps wakeUps(PostgresPool pool) {
        return new PostgresWakeUps(pool.dedicated());
    }

    @Bean
    JsonEventCodec codec() {
        return StoredAccountEvents.codec();
    }

    @Bean
    EventStore eventStore(PostgresPool pool, Database projector, PostgresWakeUps wakeUps) {
        return new PostgresEventStore(Database.ofWriter(pool.pooled()), projector, wakeUps);
    }

    @Bean
    CommandBus commands(EventStore store, JsonEventCodec codec) {
        var bus = DirectCommandBus.builder();
        AccountCommand.register(bus, store, codec);
        return new RetryingCommandBus(bus.build(), ATTEMPTS, (command, retried) -> {});
    }

    @Bean
    PostgresBalances balances(PostgresPool pool) {
        return new PostgresBalances(Database.ofReader(pool.pooled()));
    }

    /** Not closed by Spring: {@link ProjectionLifecycle} does. */
    @Bean(destroyMethod = "")
    ProjectionRunner balancesRunner(EventStore store, JsonEventCodec codec, Database projector) {
        var lease = new PostgresLease(
                projector, BalanceProjection.NAME, 1, UUID.randomUUID().toString(), PostgresLease.DEFAULT_LENGTH);
        return new ProjectionRunner(
                new LogReader(store, codec),
                PostgresBalances.readModel(projector),
                ProjectionRunner.Pace.DEFAULT,
                lease);
    }
}
