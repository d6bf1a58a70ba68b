package com.example.bank.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.bank.accounts.write.AccountCommand.OpenAccount;
import com.example.bank.core.command.CommandBus;
import com.example.bank.core.contract.Waiting;
import com.example.bank.core.eventstore.EventStore;
import com.example.bank.core.projection.ProjectionRunner;
import com.example.bank.store.postgres.TestDatabase;
import com.example.bank.store.postgres.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class BankApplicationTest {

    private static final TestDatabase DATABASE = TestServer.newest().empty();

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", DATABASE::url);
    }

    @AfterAll
    static void disconnect() {
        DATABASE.disconnect();
    }

    @LocalServerPort
    private int port;

    @Autowired
    private CommandBus commands;

    @Autowired
    private EventStore store;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private JdbcTemplate jdbc;

    private HttpResponse<String> send(String method, String path) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void a_command_is_accepted_and_the_balance_follows() throws Exception {
        assertThat(send("POST", "/accounts/a-1?owner=Ada").statusCode()).isEqualTo(202);
        assertThat(send("POST", "/accounts/a-1/deposits?cents=1000").headers().firstValue("ETag"))
                .contains("\"2\"");
        Waiting.until("the balance reflects both", () -> {
            try {
                return send("GET", "/accounts/a-1").body().contains("\"cents\":1000");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(send("POST", "/accounts/a-1?owner=Bob").statusCode()).isEqualTo(409);
        assertThat(send("POST", "/accounts/a-9/deposits?cents=1").statusCode()).isEqualTo(404);
    }

    @Test
    void an_append_is_no_part_of_springs_transaction() {
        jdbc.execute("CREATE TABLE IF NOT EXISTS notes (note text)");
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            jdbc.update("INSERT INTO notes VALUES ('opened a-2')");
            commands.dispatch(new OpenAccount("a-2", "Ada"));
            status.setRollbackOnly();
        });
        assertThat(jdbc.queryForObject("SELECT count(*) FROM notes", Integer.class)).isZero();
        assertThat(store.head()).as("the event is stored").isPositive();
    }

    @Test
    void actuator_shows_the_health_and_the_metrics_of_the_store() throws Exception {
        assertThat(send("GET", "/actuator/health").body()).contains("\"store\"").contains("\"projection\"");
        assertThat(send("GET", "/actuator/health").statusCode()).isEqualTo(200);
        for (String name : new String[] {"store.pool.active", "store.pool.waiting", "store.projection.running"}) {
            assertThat(send("GET", "/actuator/metrics/" + name).body()).contains(name);
        }
    }

    @Test
    void a_closed_application_has_stopped_its_projection() {
        ConfigurableApplicationContext context = SpringApplication.run(
                BankApplication.class, "--server.port=0", "--spring.datasource.url=" + DATABASE.url());
        ProjectionRunner runner = context.getBean(ProjectionRunner.class);
        context.close();
        assertThat(runner.state()).isEqualTo(ProjectionRunner.State.STOPPED);
    }
}
