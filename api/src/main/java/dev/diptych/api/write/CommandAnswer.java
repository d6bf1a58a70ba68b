package dev.diptych.api.write;

import dev.diptych.api.http.input.EntityTags;
import dev.diptych.api.http.input.Json;
import dev.diptych.api.http.input.Places;
import dev.diptych.api.http.problem.Problem;
import dev.diptych.api.http.problem.ProblemType;
import dev.diptych.core.command.CommandContext;
import dev.diptych.core.command.CommandResult;
import dev.diptych.core.eventstore.AppendResult;
import dev.diptych.core.eventstore.AppendResult.Receipt;
import dev.diptych.core.eventstore.Place;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Writes the HTTP answer to a command, for each of its possible results. */
final class CommandAnswer {

    private CommandAnswer() {}

    static void write(Context ctx, CommandResult result, CommandContext context) {
        if (result instanceof CommandResult.Conflict lost && lost.conflict().actual() > 0) {
            AppendResult.Conflict conflict = lost.conflict();
            ctx.header("ETag", EntityTags.of(conflict.actual(), conflict.history()));
        }
        problem(result, context).ifPresent(problem -> {
            throw problem.asException();
        });
        if (result instanceof CommandResult.Accepted accepted) {
            accepted(ctx, accepted.receipt());
        }
    }

    /** Returns the problem of a command that was not accepted; empty for an accepted one. */
    static Optional<Problem> problem(CommandResult result, CommandContext context) {
        return switch (result) {
            case CommandResult.Accepted accepted -> Optional.empty();
            case CommandResult.Rejected rejected -> Optional.of(RuleProblems.of(rejected.rejection()));
            case CommandResult.NotFound missing -> Optional.of(notFound(missing.kind(), missing.id()));
            case CommandResult.Conflict conflict -> Optional.of(conflict(conflict.conflict(), context));
            case CommandResult.CommandIdTaken taken ->
                Optional.of(Problem.of(
                        ProblemType.IDEMPOTENCY_KEY_REUSED,
                        "The key was used for another request. Use a new key for a new request."));
        };
    }

    /** A mismatch with the client's expected version is a failed precondition; any other conflict is a lost race. */
    private static Problem conflict(AppendResult.Conflict conflict, CommandContext context) {
        Problem problem = context.expected().accepts(conflict.actual(), conflict.history())
                ? Problem.of(ProblemType.CONCURRENT_CHANGE, conflict.message() + ". Send the command again.")
                : Problem.of(
                        ProblemType.PRECONDITION_FAILED,
                        conflict.message() + ". Read the current state, and decide again.");
        return problem.with("current_version", conflict.actual());
    }

    /** Takes the id from the receipt's stream: a repeated command without an id gets the id of the first attempt. */
    private static void accepted(Context ctx, Receipt receipt) {
        String kind = receipt.stream().category();
        String id = receipt.stream().id();
        Map<String, String> body = new LinkedHashMap<>();
        body.put("status", "accepted");
        body.put(kind + "_id", id);
        ctx.header("ETag", EntityTags.of(receipt.version(), receipt.history()));
        String token = Places.token(new Place(receipt.history(), receipt.position()));
        ctx.header(Places.TOKEN_HEADER, token);
        ctx.header("Location", "/" + kind + "s/" + id + "?" + Places.TOKEN_PARAMETER + "=" + token);
        Json.write(ctx, 202, body);
    }

    static Problem notFound(String kind, String id) {
        return Problem.of(ProblemType.NOT_FOUND, "There is no " + kind + " " + id + ".");
    }
}
