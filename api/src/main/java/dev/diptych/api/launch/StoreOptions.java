package dev.diptych.api.launch;

import dev.diptych.api.Automations;
import dev.diptych.api.Role;
import dev.diptych.api.Store;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command-line options for the store and for the roles of this node. */
final class StoreOptions {

    enum StoreName {
        memory,
        postgres
    }

    enum RoleName {
        all,
        write,
        read,
        project,
        automate
    }

    @Option(
            names = "--store",
            defaultValue = "${env:DIPTYCH_STORE:-memory}",
            description = "The store for events and read models: ${COMPLETION-CANDIDATES}. "
                    + "Environment: DIPTYCH_STORE. Default: memory.")
    private StoreName name = StoreName.memory;

    @Option(
            names = "--role",
            split = ",",
            paramLabel = "ROLE",
            defaultValue = "${env:DIPTYCH_ROLE:-all}",
            description = "The roles of this node, one or more of: ${COMPLETION-CANDIDATES}. "
                    + "Environment: DIPTYCH_ROLE. Default: all.")
    private List<RoleName> roles = List.of(RoleName.all);

    @Mixin
    private PostgresOptions postgres = new PostgresOptions();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    StoreOptions() {}

    /** Returns the roles of this node. */
    Set<Role> roles() {
        Set<Role> wanted = EnumSet.noneOf(Role.class);
        for (RoleName role : roles) {
            switch (role) {
                case all -> wanted.addAll(EnumSet.allOf(Role.class));
                case write -> wanted.add(Role.WRITE);
                case read -> wanted.add(Role.READ);
                case project -> wanted.add(Role.PROJECT);
                case automate -> wanted.add(Role.AUTOMATE);
            }
        }
        return wanted;
    }

    /**
     * Opens the store that the options describe.
     *
     * @param automations the automations that are on
     * @throws ParameterException when an option is invalid or missing
     */
    Store open(Automations automations) {
        return switch (name) {
            case memory -> memory(automations);
            case postgres -> postgres.open(roles(), automations);
        };
    }

    /**
     * Opens the store with the role project only, and the lists of all automations.
     *
     * @throws ParameterException when an option is invalid or missing, or the store is in memory
     */
    Store openForProjections() {
        if (name == StoreName.memory) {
            throw new ParameterException(
                    spec.commandLine(), "The memory store is in the process of its server. Use --store=postgres");
        }
        return postgres.open(Set.of(Role.PROJECT), Automations.ALL);
    }

    private Store memory(Automations automations) {
        if (roles().size() < Role.values().length) {
            throw new ParameterException(
                    spec.commandLine(),
                    "The memory store serves a single node with all roles. For a node with the role "
                            + Role.inWords(roles()) + ", use --store=postgres");
        }
        return MemoryStore.open(InstantSource.system(), automations);
    }
}
