package dev.diptych.core.automation;

import dev.diptych.core.automation.ItemCommand.ParkItem;
import dev.diptych.core.automation.TodoList.Open;
import dev.diptych.core.command.CommandBus;
import dev.diptych.core.command.CommandContext;
import dev.diptych.core.command.CommandResult;
import dev.diptych.core.command.ObservedCommandBus;
import dev.diptych.core.eventstore.AppendResult.Receipt;
import dev.diptych.core.eventstore.EventStore;
import dev.diptych.core.eventstore.Place;
import dev.diptych.core.eventstore.StoreUnavailableException;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.function.Function;

/** Sends the command of one item, and decides what becomes of the item by its result. Thread-safe. */
final class ItemSender<W> {

    private static final System.Logger LOG = System.getLogger(ItemSender.class.getName());

    private final Automation<?, W> automation;
    private final CommandBus commands;
    private final EventStore writer;
    private final Function<String, Map<String, String>> metadata;
    private final InProgress inProgress;
    private final int attempts;

    ItemSender(
            Automation<?, W> automation,
            CommandBus commands,
            EventStore writer,
            Function<String, Map<String, String>> metadata,
            InProgress inProgress,
            int attempts) {
        this.automation = automation;
        this.commands = commands;
        this.writer = writer;
        this.metadata = metadata;
        this.inProgress = inProgress;
        this.attempts = attempts;
    }

    /** Whatever happens, the aggregate waits afterwards for the list or for another attempt, and holds no slot. */
    void send(Item<W> item, Open<W> seen) {
        try {
            switch (commands.dispatch(automation.command(item, seen.now()), context(item, ""))) {
                case CommandResult.Accepted accepted -> accepted(item, seen, accepted.receipt());
                case CommandResult.Rejected rejected ->
                    park(
                            item,
                            seen,
                            rejected.rejection().code() + ": "
                                    + rejected.rejection().message());
                case CommandResult.NotFound missing -> park(item, seen, "no " + missing.kind() + " " + missing.id());
                case CommandResult.CommandIdTaken taken -> park(item, seen, "the command id was used before");
                case CommandResult.Conflict lost ->
                    failed(item, seen, lost.conflict().message());
            }
        } catch (Throwable e) { // an Error too: the aggregate would be held forever
            failed(item, seen, e instanceof StoreUnavailableException ? String.valueOf(e.getMessage()) : e.toString());
        }
    }

    /** The item was still open in a list that has passed the receipt: its command changes nothing. */
    private void accepted(Item<W> item, Open<W> seen, Receipt receipt) {
        if (seen.upTo().reaches(new Place(receipt.history(), receipt.position()))) {
            park(item, seen, "the command was accepted and had no effect on the item");
        } else {
            inProgress.accepted(item.task().aggregate(), item.commandId(automation.name()), receipt);
        }
    }

    private void park(Item<W> item, Open<W> seen, String reason) {
        var park = new ParkItem(automation.name(), item.key(), item.opened(), reason, seen.now());
        if (commands.dispatch(park, context(item, "/park")) instanceof CommandResult.Accepted accepted
                && !seen.upTo()
                        .reaches(new Place(
                                accepted.receipt().history(), accepted.receipt().position()))) {
            LOG.log(
                    Level.WARNING,
                    "Automation " + automation.name() + " has parked item " + item.key() + ": " + reason);
            inProgress.accepted(item.task().aggregate(), item.commandId(automation.name()), accepted.receipt());
        } else {
            throw new IllegalStateException("The item could not be parked, with the reason: " + reason);
        }
    }

    /** Counts only if the store can be reached, so that no item is parked because of an outage. */
    private void failed(Item<W> item, Open<W> seen, String reason) {
        String commandId = item.commandId(automation.name());
        try {
            if (isStoreReachable() && inProgress.countFailure(commandId) >= attempts) {
                park(item, seen, reason);
                return;
            }
        } catch (Throwable e) { // as above
            LOG.log(Level.WARNING, "Automation " + automation.name() + " could not park item " + item.key(), e);
        }
        LOG.log(Level.WARNING, "Automation " + automation.name() + " retries item " + item.key() + " after: " + reason);
        inProgress.backOff(item.task().aggregate(), commandId);
    }

    /** Sends a command of an operator; returns whether it was accepted. */
    boolean decide(ItemCommand command) {
        CommandResult result = commands.dispatch(command);
        if (result instanceof CommandResult.Conflict lost) {
            throw new StoreUnavailableException(lost.conflict().message(), false, null);
        }
        return result instanceof CommandResult.Accepted;
    }

    private boolean isStoreReachable() {
        try {
            writer.head();
            return true;
        } catch (RuntimeException outage) {
            return false;
        }
    }

    /** What a command for an item is sent with: its command id names the item and the event that opened it. */
    private CommandContext context(Item<W> item, String purpose) {
        CommandContext context = CommandContext.NONE.withCommandId(
                item.commandId(automation.name()) + purpose, item.task().aggregate());
        String correlation = metadata.apply(item.metadata()).get(ObservedCommandBus.CORRELATION_ID);
        return correlation == null ? context : context.withMetadata(ObservedCommandBus.CORRELATION_ID, correlation);
    }
}
