package dev.diptych.core.contract;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Creates examples of the records of a sealed type from the types of their components: a new record needs no entry. */
public final class Examples {

    private static final Map<Class<?>, Object> VALUES = Map.ofEntries(
            Map.entry(boolean.class, true),
            Map.entry(int.class, 1),
            Map.entry(Integer.class, 1),
            Map.entry(long.class, 1L),
            Map.entry(Long.class, 1L),
            Map.entry(BigDecimal.class, BigDecimal.ONE),
            Map.entry(Instant.class, Instant.EPOCH),
            Map.entry(LocalDate.class, LocalDate.EPOCH),
            Map.entry(Duration.class, Duration.ofDays(1)),
            Map.entry(UUID.class, new UUID(0, 1)),
            Map.entry(String.class, "x"));

    private Examples() {}

    /** Returns the records of a sealed type, including those of nested sealed types. */
    public static Stream<Class<?>> recordsOf(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(Examples::recordsOf)
                : Stream.of(type);
    }

    /** Returns an example of each record of a sealed type. */
    public static <T> List<T> of(Class<T> sealed) {
        return recordsOf(sealed).map(type -> sealed.cast(example(type))).toList();
    }

    private static Object example(Type type) {
        if (type instanceof ParameterizedType generic) {
            return container((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
        }
        var plain = (Class<?>) type;
        if (VALUES.containsKey(plain)) {
            return VALUES.get(plain);
        }
        if (plain.isEnum()) {
            return plain.getEnumConstants()[0];
        }
        if (plain.isRecord()) {
            return recordExample(plain);
        }
        if (plain.isSealed()) {
            return example(plain.getPermittedSubclasses()[0]);
        }
        throw new IllegalArgumentException("There is no example of a " + plain + ": add one to Examples.VALUES");
    }

    private static Object container(Class<?> type, Type[] of) {
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

    private static Object recordExample(Class<?> type) {
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
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot create an example of " + type, e);
        }
    }
}
