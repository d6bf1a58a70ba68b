package dev.diptych.store.postgres;

import dev.diptych.core.eventstore.StoreUnavailableException;
import dev.diptych.store.postgres.PostgresPool.Settings;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.postgresql.ds.PGSimpleDataSource;

/** Explains to an operator why the first connection failed. Not for clients: the text names hosts and users. */
final class ConnectionFailure {

    private ConnectionFailure() {}

    /** Returns an exception whose message names the cause and the remedy. */
    static StoreUnavailableException of(Settings settings, SQLException e) {
        SQLException cause = e.getCause() instanceof SQLException original ? original : e; // the pool wraps it
        var target = new PGSimpleDataSource();
        target.setURL(settings.url());
        return new StoreUnavailableException(explanation(settings, target, cause), false, e);
    }

    private static String explanation(Settings settings, PGSimpleDataSource target, SQLException cause) {
        String reason = SqlFailure.serverMessage(cause);
        String state = String.valueOf(cause.getSQLState());
        String connecting = "Cannot connect as " + settings + ": ";
        if (reason.contains("startup parameter")) { // PgBouncer's words, with the state of any protocol violation
            return connecting + reason
                    + ". A pooler rejects the parameter in which the program sends its settings. Let the"
                    + " pooler pass or ignore it (PgBouncer: ignore_startup_parameters), connect without the pooler, or"
                    + " add options= to the JDBC URL, so that it is not sent. If it does not arrive, the next start"
                    + " names the settings that the user then needs by ALTER ROLE";
        }
        return switch (state) {
            case "3D000" -> // invalid_catalog_name
                connecting + reason + ". Create the database: CREATE DATABASE \"" + target.getDatabaseName()
                        + "\" ENCODING 'UTF8' TEMPLATE template0, with the user who migrates as its OWNER";
            case "28P01", "28000", "08004" -> // wrong password, not allowed by pg_hba.conf, a password is required
                connecting + reason + ". Correct the user or the password, or let the user in by pg_hba.conf";
            case "08001" -> // the client cannot connect
                "No PostgreSQL accepts connections at " + addresses(target) + ", where " + settings + " connects to: "
                        + root(cause) + ". Start PostgreSQL there, or correct the address";
            default -> connecting + reason + " (SQLSTATE " + state + ")";
        };
    }

    private static String addresses(PGSimpleDataSource target) {
        String[] hosts = target.getServerNames();
        return IntStream.range(0, hosts.length)
                .mapToObj(i -> hosts[i] + ":" + target.getPortNumbers()[i])
                .collect(Collectors.joining(", "));
    }

    private static String root(Throwable e) {
        if (e.getCause() != null) {
            return root(e.getCause());
        }
        return e instanceof UnknownHostException ? "unknown host " + e.getMessage() : String.valueOf(e.getMessage());
    }
}
