package dev.diptych.store.memory;

import dev.diptych.core.projection.Generations;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The generations of a read model in memory. Unused rows are left to the garbage collector. Thread-safe.
 *
 * @param <K> the sort key of the rows
 * @param <R> the type of the rows
 */
final class MemoryGenerations<K, R> implements Generations {

    private final int version;
    private final Supplier<MemoryRows<K, R>> empty;
    private final ReentrantLock lock;

    private volatile Generation<K, R> serving;
    private @Nullable Building<K, R> building;
    private int last = 1;

    /**
     * Creates the first generation.
     *
     * @param empty creates rows
     * @param lock held while rows are changed
     */
    MemoryGenerations(int version, Supplier<MemoryRows<K, R>> empty, ReentrantLock lock) {
        this.version = version;
        this.empty = empty;
        this.lock = lock;
        this.serving = new Generation<>(last, empty.get());
    }

    record Generation<K, R>(int number, MemoryRows<K, R> rows) {}

    private record Building<K, R>(
            Generation<K, R> copy, long startedAt, boolean comparing, Optional<Comparison> comparison) {}

    Generation<K, R> serving() {
        return serving;
    }

    /** Returns the rows of the copy, if it has this generation. Called with the lock. */
    Optional<MemoryRows<K, R>> copy(int generation) {
        return Optional.ofNullable(building)
                .map(Building::copy)
                .filter(copy -> copy.number() == generation)
                .map(Generation::rows);
    }

    @Override
    public int version() {
        return version;
    }

    @Override
    public Status status() {
        return locked(() -> new Status(
                serving.number(),
                version,
                Optional.ofNullable(building)
                        .map(each -> new Copy(
                                each.copy().number(),
                                version,
                                each.copy().rows().checkpoint(),
                                Duration.ofNanos(System.nanoTime() - each.startedAt()),
                                each.comparing(),
                                each.comparison()))));
    }

    @Override
    public void start(boolean comparing) {
        locked(() -> {
            Building<K, R> now = building;
            building = now == null
                    ? new Building<>(
                            new Generation<>(++last, empty.get()), System.nanoTime(), comparing, Optional.empty())
                    : new Building<>(now.copy(), now.startedAt(), comparing, Optional.empty());
            return true;
        });
    }

    @Override
    public boolean takeOver(int generation, OptionalLong lost) {
        return locked(() -> {
            long needed = serving.rows().checkpoint();
            boolean reached = copy(generation)
                    .filter(rows -> rows.checkpoint() >= needed || lost.equals(OptionalLong.of(needed)))
                    .isPresent();
            Building<K, R> now = building;
            if (now == null || now.comparing() || !reached) {
                return false;
            }
            serving = now.copy();
            building = null;
            return true;
        });
    }

    @Override
    public boolean compare(int generation) {
        return locked(() -> {
            long position = serving.rows().checkpoint();
            Optional<MemoryRows<K, R>> copy = copy(generation).filter(rows -> rows.checkpoint() == position);
            copy.ifPresent(rows -> {
                Building<K, R> now = Objects.requireNonNull(building);
                building = new Building<>(
                        now.copy(), now.startedAt(), now.comparing(), Optional.of(comparison(position, rows)));
            });
            return copy.isPresent();
        });
    }

    private Comparison comparison(long position, MemoryRows<K, R> copied) {
        Map<String, R> here = serving.rows().all();
        Map<String, R> copy = copied.all();
        var keys = new TreeSet<>(here.keySet());
        keys.addAll(copy.keySet());
        keys.removeIf(key -> Objects.equals(here.get(key), copy.get(key)));
        long onlyServing = keys.stream().filter(key -> !copy.containsKey(key)).count();
        long onlyCopy = keys.stream().filter(key -> !here.containsKey(key)).count();
        return new Comparison(
                position,
                onlyServing,
                onlyCopy,
                keys.size() - onlyServing - onlyCopy,
                keys.stream()
                        .limit(EXAMPLES)
                        .map(key -> new Example(key, text(here.get(key)), text(copy.get(key))))
                        .toList());
    }

    private Optional<String> text(@Nullable R row) {
        return Optional.ofNullable(row).map(Object::toString);
    }

    @Override
    public void cancel() {
        locked(() -> {
            building = null;
            return true;
        });
    }

    @Override
    public boolean deleteUnused(int limit) {
        return false;
    }

    private <T> T locked(Supplier<T> change) {
        lock.lock();
        try {
            return change.get();
        } finally {
            lock.unlock();
        }
    }
}
