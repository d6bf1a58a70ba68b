package dev.diptych.core.bus;

import static org.assertj.core.api.Assertions.assertThat;

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

/**
 * What holds for the rejections of every context, whichever they are: each is made here from the types of its
 * components.
 */
public final class Rejections {

    private static final Map<Class<?>, Object> EXAMPLES = Map.ofEntries(
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

    private Rejections() {}

    /** Each rejection has a code of its own, and says what stands in the way and what to do next. */
    public static void areExplained(Class<? extends Rejection> family) throws ReflectiveOperationException {
        List<Rejection> all = examplesOf(family);
        assertThat(all).extracting(Rejection::code).doesNotHaveDuplicates();
        for (Rejection each : all) {
            String name = each.getClass().getSimpleName();
            assertThat(each.code())
                    .as("the code of %s: lower-case words with hyphens between them", name)
                    .matches("[a-z]+(-[a-z]+)*");
            assertThat(each.message())
                    .as("the message of %s: one sentence says what stands in the way, the next one what to do", name)
                    .matches("(?s)[A-Z].+\\. [A-Z].+\\.");
        }
    }

    /** An example of each rejection of a sealed family. */
    public static List<Rejection> examplesOf(Class<? extends Rejection> family) throws ReflectiveOperationException {
        var examples = Stream.<Rejection>builder();
        for (Class<?> type : family.getPermittedSubclasses()) {
            examples.add((Rejection) example(type));
        }
        return examples.build().toList();
    }

    private static Object example(Type type) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType generic) {
            return container((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
        }
        var plain = (Class<?>) type;
        if (EXAMPLES.containsKey(plain)) {
            return EXAMPLES.get(plain);
        }
        if (plain.isEnum()) {
            return plain.getEnumConstants()[0];
        }
        if (plain.isRecord()) {
            return made(plain);
        }
        if (plain.isSealed()) {
            return example(plain.getPermittedSubclasses()[0]);
        }
        throw new IllegalArgumentException("There is no example of a " + plain + ": add one to Rejections.EXAMPLES");
    }

    private static Object container(Class<?> type, Type[] of) throws ReflectiveOperationException {
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
        throw new IllegalArgumentException("There is no example of a " + type + ": add one to Rejections.container");
    }

    private static Object made(Class<?> type) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            arguments[i] = example(components[i].getGenericType());
        }
        Constructor<?> constructor = type.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        constructor.setAccessible(true);
        return constructor.newInstance(arguments);
    }
}
