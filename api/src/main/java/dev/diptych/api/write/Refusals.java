package dev.diptych.api.write;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.diptych.api.http.problem.Problem;
import dev.diptych.core.command.Command;
import dev.diptych.core.command.ObservedCommandBus;
import dev.diptych.core.command.ObservedCommandBus.Ended;
import dev.diptych.core.orders.events.OrderEvent;
import dev.diptych.core.orders.write.OrderCommand;
import dev.diptych.core.subscriptions.events.SubscriptionEvent;
import dev.diptych.core.subscriptions.write.SubscriptionCommand;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reports each command that was not accepted, with the problem that its sender receives. Thread-safe. */
public final class Refusals implements ObservedCommandBus.Observer {

    private final InstantSource clock;
    private final Consumer<Refusal> listener;

    /**
     * A command that was not accepted, as JSON.
     *
     * @param command the command's name
     * @param stream the stream of its aggregate; null for a command of neither context
     * @param code the last segment of the problem's type
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Refusal(
            String command,
            @Nullable String stream,
            int status,
            String code,
            String reason,
            @Nullable String correlationId,
            Instant at) {}

    /**
     * Creates an observer.
     *
     * @param listener called on the thread that dispatched the command; must return immediately and must not throw
     */
    public Refusals(InstantSource clock, Consumer<Refusal> listener) {
        this.clock = clock;
        this.listener = listener;
    }

    @Override
    public void ended(Ended command) {
        command.result()
                .flatMap(result -> CommandAnswer.problem(result, command.context()))
                .ifPresent(problem -> listener.accept(refusal(command, problem)));
    }

    private Refusal refusal(Ended ended, Problem problem) {
        return new Refusal(
                ended.command().name(),
                stream(ended.command()),
                problem.status(),
                problem.type().substring(problem.type().lastIndexOf('/') + 1),
                problem.detail(),
                ended.context().metadata().get(ObservedCommandBus.CORRELATION_ID),
                clock.instant());
    }

    private static @Nullable String stream(Command command) {
        return switch (command) {
            case OrderCommand order -> OrderEvent.CATEGORY + "-" + order.orderId();
            case SubscriptionCommand subscription -> SubscriptionEvent.CATEGORY + "-" + subscription.subscriptionId();
            default -> null;
        };
    }
}
