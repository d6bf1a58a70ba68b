package dev.diptych.core.orders.automation;

import dev.diptych.core.automation.ItemCommand.ParkItem;
import dev.diptych.core.command.Command;
import dev.diptych.core.command.CommandBus;
import dev.diptych.core.command.CommandContext;
import dev.diptych.core.command.CommandResult;
import dev.diptych.core.contract.Waiting;
import dev.diptych.core.orders.write.OrderCommand.CancelUnpaidOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Records the commands about orders that a worker sends, and can stop one before or after it is handled. */
final class GatedBus implements CommandBus {

    /** Where a command can be stopped. */
    enum Gate {
        BEFORE,
        AFTER
    }

    /** What happens instead of a command. */
    interface Fault {
        CommandResult instead(Command command) throws Exception;
    }

    private final CommandBus delegate;
    private final List<String> sent = new ArrayList<>();
    private final List<CommandContext> contexts = new ArrayList<>();
    private final Set<Gate> shut = new HashSet<>();
    private final Set<String> faulty = new HashSet<>();
    private Fault fault = command -> {
        throw new IllegalStateException("no fault");
    };
    private final AtomicInteger parkingErrors = new AtomicInteger();
    private int stopped;
    private int running;
    private int mostRunning;

    GatedBus(CommandBus delegate) {
        this.delegate = delegate;
    }

    @Override
    public CommandResult dispatch(Command command, CommandContext context) {
        if (!(command instanceof CancelUnpaidOrder cancel)) {
            if (command instanceof ParkItem && parkingErrors.getAndDecrement() > 0) {
                throw new StackOverflowError("planted");
            }
            return delegate.dispatch(command, context);
        }
        boolean fails;
        synchronized (this) {
            sent.add(cancel.orderId());
            contexts.add(context);
            mostRunning = Math.max(mostRunning, ++running);
            fails = faulty.contains(cancel.orderId());
        }
        try {
            pass(Gate.BEFORE);
            CommandResult result = fails ? fault.instead(command) : delegate.dispatch(command, context);
            pass(Gate.AFTER);
            return result;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            synchronized (this) {
                running--;
            }
        }
    }

    private synchronized void pass(Gate gate) throws InterruptedException {
        while (shut.contains(gate)) {
            stopped++;
            try {
                wait();
            } finally {
                stopped--;
            }
        }
    }

    synchronized void shut(Gate gate) {
        shut.add(gate);
    }

    synchronized void open(Gate gate) {
        shut.remove(gate);
        notifyAll();
    }

    synchronized void openAll() {
        shut.clear();
        notifyAll();
    }

    /** Commands for this order end in the fault from now on. */
    synchronized void fail(String orderId, Fault with) {
        faulty.add(orderId);
        fault = with;
    }

    /** The next commands that park an item end in an error. */
    void failParking(int times) {
        parkingErrors.set(times);
    }

    synchronized void heal() {
        faulty.clear();
    }

    void awaitStopped(int commands) {
        Waiting.until(commands + " commands are stopped", () -> stopped() == commands);
    }

    private synchronized int stopped() {
        return stopped;
    }

    void awaitEnded() {
        Waiting.until("all commands have ended", () -> running() == 0);
    }

    private synchronized int running() {
        return running;
    }

    /** The orders for which a command was sent, in order. */
    synchronized List<String> sent() {
        return List.copyOf(sent);
    }

    synchronized List<CommandContext> contexts() {
        return List.copyOf(contexts);
    }

    synchronized int mostRunning() {
        return mostRunning;
    }
}
