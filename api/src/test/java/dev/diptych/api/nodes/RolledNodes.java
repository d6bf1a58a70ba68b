package dev.diptych.api.nodes;

import dev.diptych.api.support.Http;
import dev.diptych.api.support.OrderClient;
import dev.diptych.api.support.Program;
import dev.diptych.core.contract.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/**
 * Nodes behind a load balancer, and clients that place orders on one node and look for them on the next. A node is
 * drained before it is stopped, so that no request has a reason to fail.
 */
final class RolledNodes implements AutoCloseable {

    private static final int CLIENTS = 2;

    private final List<Slot> slots = new ArrayList<>();
    private final List<Thread> clients = new ArrayList<>();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Set<String> faults = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /** A place of one node; requests share its lock, and draining takes it alone. */
    private static final class Slot {
        private final ReadWriteLock lock = new ReentrantReadWriteLock();
        private volatile boolean draining;
        private Program node;

        Slot(Program node) {
            this.node = node;
        }
    }

    RolledNodes(List<Program> nodes) {
        nodes.forEach(RolledNodes::awaitReady);
        nodes.forEach(node -> slots.add(new Slot(node)));
        for (int client = 0; client < CLIENTS; client++) {
            String name = "client-" + client;
            clients.add(Thread.ofPlatform().daemon().name(name).start(() -> placeOrders(name)));
        }
    }

    private static void awaitReady(Program node) {
        Waiting.until(
                "the node is ready", () -> node.http().get("/health/ready").status() == 200);
    }

    private void placeOrders(String name) {
        for (int n = 0; !stopped; n++) {
            String id = name + "-" + n;
            int slot = n;
            try {
                Http.Answer placed = on(slot, http -> new OrderClient(http).place(id, "Idempotency-Key", id));
                check(id, placed, 202);
                if (placed.status() == 202) {
                    accepted.add(id);
                    check(id, on(slot + 1, http -> http.getOnceVisible(placed.header("Location"))), 200);
                }
            } catch (AssertionError | RuntimeException e) {
                faults.add(id + ": " + e + " " + e.getCause());
            }
        }
    }

    private void check(String id, Http.Answer answer, int expected) {
        if (answer.status() != expected) {
            faults.add(id + " got " + answer.status() + ": " + answer.response().body());
        }
    }

    /** Sends a request to the node of a slot, or of the next one that is not drained. */
    private Http.Answer on(int first, Function<Http, Http.Answer> request) {
        for (int n = first; ; n++) {
            Slot slot = slots.get(n % slots.size());
            if (!slot.draining && slot.lock.readLock().tryLock()) {
                try {
                    return request.apply(slot.node.http());
                } finally {
                    slot.lock.readLock().unlock();
                }
            }
        }
    }

    /** Puts a node that has started in the place of another, which is drained and stopped. */
    void replace(int number, Program by) throws Exception {
        awaitReady(by);
        Slot slot = slots.get(number);
        slot.draining = true;
        Program replaced = slot.node;
        slot.lock.writeLock().lock();
        try {
            slot.node = by;
        } finally {
            slot.lock.writeLock().unlock();
        }
        slot.draining = false;
        replaced.stop();
    }

    /** Waits until all nodes have served: each client uses the nodes in turn. */
    void awaitOrders() {
        int enough = accepted.size() + 10 * slots.size();
        Waiting.until("more orders are accepted, or fail", () -> accepted.size() > enough || !faults.isEmpty());
    }

    /** Waits until the clients have ended, and returns the ids of the orders that were accepted. */
    Set<String> stopClients() throws InterruptedException {
        stopped = true;
        for (Thread client : clients) {
            client.join(Waiting.PATIENCE);
        }
        return accepted;
    }

    /** What was answered otherwise than it should be. */
    Set<String> faults() {
        return faults;
    }

    Http http() {
        return slots.getFirst().node.http();
    }

    @Override
    public void close() {
        stopped = true;
        slots.forEach(slot -> slot.node.close());
    }
}
