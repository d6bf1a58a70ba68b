package dev.diptych.api.addresses;

import dev.diptych.api.http.input.Body;
import dev.diptych.api.http.input.EntityTags;
import dev.diptych.api.http.input.EntityTags.Conditions;
import dev.diptych.api.http.input.Fields;
import dev.diptych.api.http.input.Json;
import dev.diptych.api.http.input.Parameters;
import dev.diptych.api.http.problem.Problem;
import dev.diptych.api.http.problem.ProblemException;
import dev.diptych.api.http.problem.ProblemType;
import dev.diptych.api.http.server.Routes;
import dev.diptych.core.addresses.Address;
import dev.diptych.core.addresses.Addresses;
import dev.diptych.core.addresses.Addresses.Change;
import dev.diptych.core.eventstore.Text;
import io.javalin.http.Context;
import java.util.Optional;

/**
 * Reads, replaces and deletes the address of a customer. A client reads what it wrote, because there is one table. A
 * request that is repeated has no other effect; with {@code If-Match}, it replaces only what was read, and repeated it
 * gets 412. Thread-safe.
 */
public final class AddressRoutes {

    private static final String PATH = "/customers/{customer_id}/address";

    private final Addresses addresses;

    /** Creates the routes. */
    public AddressRoutes(Addresses addresses) {
        this.addresses = addresses;
    }

    /** Adds the routes. */
    public void add(Routes.Group routes) {
        routes.get(PATH, this::find);
        routes.put(PATH, this::replace);
        routes.delete(PATH, this::delete);
    }

    private void find(Context ctx) {
        new Parameters(ctx).check();
        String customerId = customerId(ctx);
        write(ctx, 200, addresses.find(customerId).orElseThrow(() -> notFound(customerId)));
    }

    private void replace(Context ctx) {
        new Parameters(ctx).check();
        String customerId = customerId(ctx);
        Fields body = Body.required(ctx);
        var next = new Address(
                body.text("name", Address.MAX_LENGTH),
                body.text("street", Address.MAX_LENGTH),
                body.text("postal_code", Address.MAX_LENGTH),
                body.text("city", Address.MAX_LENGTH),
                body.text("country", Address.MAX_LENGTH));
        body.check();
        Change change = change(ctx, customerId, Optional.of(next));
        write(ctx, change.before().isPresent() ? 200 : 201, next);
    }

    private void delete(Context ctx) {
        new Parameters(ctx).check();
        String customerId = customerId(ctx);
        if (change(ctx, customerId, Optional.empty()).before().isEmpty()) {
            throw notFound(customerId);
        }
        ctx.status(204);
    }

    private Change change(Context ctx, String customerId, Optional<Address> next) {
        var conditions = Conditions.of(ctx);
        Change change =
                addresses.change(customerId, before -> conditions.allowChange(before.map(AddressRoutes::tag)), next);
        if (!change.done()) {
            throw Problem.of(
                            ProblemType.PRECONDITION_FAILED,
                            "The address of customer " + customerId + " "
                                    + change.before()
                                            .map(address -> "has the ETag " + tag(address))
                                            .orElse("does not exist")
                                    + ". Read it again.")
                    .asException();
        }
        return change;
    }

    private static void write(Context ctx, int status, Address address) {
        EntityTags.set(ctx, tag(address));
        Json.write(ctx, status, address);
    }

    private static String tag(Address address) {
        return EntityTags.strong(Json.bytes(address));
    }

    private static String customerId(Context ctx) {
        String id = ctx.pathParam("customer_id");
        if (!Text.ID.matcher(id).matches()) {
            throw notFound(id);
        }
        return id;
    }

    private static ProblemException notFound(String customerId) {
        return Problem.of(ProblemType.NOT_FOUND, "There is no address of customer " + customerId + ".")
                .asException();
    }
}
