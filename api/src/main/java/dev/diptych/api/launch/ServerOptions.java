package dev.diptych.api.launch;

import dev.diptych.api.Role;
import dev.diptych.api.http.access.Access;
import dev.diptych.api.http.access.BearerTokens;
import dev.diptych.api.http.access.Side;
import dev.diptych.api.http.server.Listening;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command-line options for the listening address and for access control. */
final class ServerOptions {

    @Option(
            names = "--host",
            defaultValue = "${env:DIPTYCH_HOST:-127.0.0.1}",
            description = "The address to listen on. Environment: DIPTYCH_HOST. Default: 127.0.0.1.")
    private String host = "127.0.0.1";

    @Option(
            names = "--port",
            defaultValue = "${env:DIPTYCH_PORT:-7070}",
            description = "The port to listen on; 0 chooses a free port. Environment: DIPTYCH_PORT. Default: 7070.")
    private int port = 7070;

    @Option(
            names = "--write-token",
            paramLabel = "TOKEN",
            defaultValue = "${env:DIPTYCH_WRITE_TOKEN:-}",
            description = "The bearer token that commands require; or several with names, as in"
                    + " shop=TOKEN,office=TOKEN, which are stored with events. Prefer the environment variable."
                    + " Environment: DIPTYCH_WRITE_TOKEN.")
    private String writeToken = "";

    @Option(
            names = "--read-token",
            paramLabel = "TOKEN",
            defaultValue = "${env:DIPTYCH_READ_TOKEN:-}",
            description = "The bearer token that queries require; or several with names, as for commands. Prefer the"
                    + " environment variable."
                    + " Environment: DIPTYCH_READ_TOKEN.")
    private String readToken = "";

    @Option(
            names = "--ops-token",
            paramLabel = "TOKEN",
            defaultValue = "${env:DIPTYCH_OPS_TOKEN:-}",
            description = "The bearer token that metrics and the control of projections require; or several with names,"
                    + " as for commands. Prefer the environment variable. Environment: DIPTYCH_OPS_TOKEN.")
    private String opsToken = "";

    @Option(
            names = "--insecure",
            arity = "0..1", // with arity 0, the flag would invert a true from the environment
            paramLabel = "true|false",
            fallbackValue = "true",
            defaultValue = "${env:DIPTYCH_INSECURE:-false}",
            description = "Accept requests from other machines where no token is set."
                    + " Environment: DIPTYCH_INSECURE. Default: false.")
    private boolean insecure;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    ServerOptions() {}

    /**
     * Returns the listening address and the access rules.
     *
     * @param roles the roles of the node, which determine the sides that it serves
     * @throws ParameterException when an option is invalid, or when the server would be reachable from other machines
     *     without a token and without {@code --insecure}
     */
    Listening listening(Set<Role> roles) {
        if (port < 0 || port > 65_535) {
            throw refused("The port must be from 0 to 65535, but is " + port);
        }
        Map<Side, String> tokens = tokens();
        InetAddress[] addresses = addresses();
        boolean own = Arrays.stream(addresses).allMatch(InetAddress::isLoopbackAddress);
        if (!own && !insecure) {
            requireTokens(tokens, roles);
        }
        // Listen on the address that was checked: the name may soon resolve to another one.
        return new Listening(
                addresses[0].getHostAddress(),
                port,
                Listening.IDLE,
                own && !insecure ? Access.forThisMachine(tokens, host) : Access.forAllClients(tokens));
    }

    /** Returns the host as given, in the form that a URL requires. */
    String host() {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private Map<Side, String> tokens() {
        Map<Side, String> tokens = new EnumMap<>(Side.class);
        add(tokens, Side.WRITE, writeToken);
        add(tokens, Side.READ, readToken);
        add(tokens, Side.OPERATIONS, opsToken);
        return tokens;
    }

    private void add(Map<Side, String> tokens, Side side, String token) {
        if (token.isEmpty()) {
            return;
        }
        try {
            BearerTokens.parse(token);
        } catch (IllegalArgumentException e) {
            throw refused("The value of " + option(side) + " " + e.getMessage());
        }
        tokens.put(side, token);
    }

    private InetAddress[] addresses() {
        try {
            if (!host.isBlank()) {
                return InetAddress.getAllByName(host);
            }
            throw refused("The host must not be empty; use 0.0.0.0 to listen on all addresses of this machine");
        } catch (UnknownHostException e) {
            throw refused("The host " + host + " cannot be resolved");
        }
    }

    private void requireTokens(Map<Side, String> tokens, Set<Role> roles) {
        Set<Side> open = EnumSet.of(Side.OPERATIONS);
        if (roles.contains(Role.WRITE)) {
            open.add(Side.WRITE);
        }
        if (roles.contains(Role.READ)) {
            open.add(Side.READ);
        }
        open.removeAll(tokens.keySet());
        if (!open.isEmpty()) {
            throw refused("Any client that can reach " + host + " could use this server without a token. Set "
                    + open.stream().map(ServerOptions::option).collect(Collectors.joining(", "))
                    + ", preferably by environment variables; or listen on 127.0.0.1; or, to allow it, set --insecure");
        }
    }

    private static String option(Side side) {
        return side == Side.OPERATIONS ? "--ops-token" : "--" + side + "-token";
    }

    private ParameterException refused(String why) {
        return new ParameterException(spec.commandLine(), why);
    }
}
