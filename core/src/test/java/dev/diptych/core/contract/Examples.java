package dev.diptych.core.contract;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/**
 * Creates examples of the records of a sealed type from the types of their components: a new record needs no entry.
 * Each type of component has a few values, of which an example has the first, and a random example any, so that random
 * examples have ids in common.
 */
public final class Examples {

    private static final Map<Class<?>, List<?>> VALUES = Map.ofEntries(
            Map.entry(boolean.class, List.of(true, false)),
            Map.entry(int.class, List.of(1, 2, 3)),
            Map.entry(Integer.class, List.of(1, 2, 3)),
            Map.entry(long.class, List.of(1L, 2L, 3L)),
            Map.entry(Long.class, List.of(1L, 2L, 3L)),
            Map.entry(BigDecimal.class, List.of(BigDecimal.ONE, BigDecimal.TWO)),
            Map.entry(Instant.class, List.of(Instant.EPOCH, Instant.EPOCH.plusSeconds(1))),
            Map.entry(LocalDate.class, List.of(LocalDate.EPOCH, LocalDate.EPOCH.plusDays(1))),
            Map.entry(Duration.class, List.of(Duration.ofDays(1), Duration.ofDays(2))),
            Map.entry(UUID.class, List.of(new UUID(0, 1), new UUID(0, 2))),
            Map.entry(String.class, List.of("x", "y", "z")));

    private static final int ATTEMPTS = 100;

    /** Returns a number from 0 to a bound, exclusive. */
    private final IntUnaryOperator choice;

    private final Map<Class<?>, List<?>> values;

    private Examples(IntUnaryOperator choice, Map<Class<?>, List<?>> values) {
        this.choice = choice;
        this.values = values;
    }

    /** Returns the records of a sealed type, including those of nested sealed types. */
    public static Stream<Class<?>> recordsOf(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(Examples::recordsOf)
                : Stream.of(type);
    }

    /** Returns an example of each record of a sealed type. */
    public static <T> List<T> of(Class<T> sealed) {
        var first = new Examples(bound -> 0, VALUES);
        return recordsOf(sealed).map(type -> sealed.cast(first.example(type))).toList();
    }

    /** Returns a random example of a random record of a sealed type. */
    public static <T> T random(Class<T> sealed, Random random) {
        return random(sealed, random, Map.of());
    }

    /**
     * Returns a random example of a random record of a sealed type.
     *
     * @param instead the values of some types of components, instead of a few simple ones
     */
    public static <T> T random(Class<T> sealed, Random random, Map<Class<?>, List<?>> instead) {
        List<Class<?>> records = recordsOf(sealed).toList();
        Class<?> type = records.get(random.nextInt(records.size()));
        Map<Class<?>, List<?>> values = new HashMap<>(VALUES);
        values.putAll(instead);
        var examples = new Examples(random::nextInt, values);
        for (int left = ATTEMPTS; ; left--) {
            try {
                return sealed.cast(examples.example(type));
            } catch (IllegalArgumentException e) { // the record refuses these values together
                if (left == 1) {
                    throw e;
                }
            }
        }
    }

    private Object example(Type type) {
        if (type instanceof ParameterizedType generic) {
            return container((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
        }
        var plain = (Class<?>) type;
        if (values.containsKey(plain)) {
            List<?> few = values.get(plain);
            return few.get(choice.applyAsInt(few.size()));
        }
        if (plain.isEnum()) {
            return plain.getEnumConstants()[choice.applyAsInt(plain.getEnumConstants().length)];
        }
        if (plain.isRecord()) {
            return recordExample(plain);
        }
        if (plain.isSealed()) {
            return example(plain.getPermittedSubclasses()[choice.applyAsInt(plain.getPermittedSubclasses().length)]);
        }
        throw new IllegalArgumentException("There is no example of a " + plain + ": add one to Examples.VALUES");
    }

    private Object container(Class<?> type, Type[] of) {
        Object element = example(of[0]);
        if (type == Optional.class) {
            return Optional.of(element);
        }
        if (type == Set.class) {
            return Set.of(element);
        }
        if (type == List.class || type == Collection.class) {
            return List.of(element);
        }
        if (type == Map.class) {
            return Map.of(element, example(of[1]));
        }
        throw new IllegalArgumentException("There is no example of a " + type + ": add one to Examples.container");
    }

    private Object recordExample(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            arguments[i] = example(components[i].getGenericType());
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("Cannot create an example of " + type, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot create an example of " + type, e);
        }
    }
}
