package dev.diptych.core.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.eventstore.UnreadableEventException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Compares stored events with golden files. All inputs are parameters, so that a test can make each check fail.
 *
 * @param codec the codec of the events
 * @param registered every stored version that the codec can read, such as {@code order-paid.v1}
 * @param golden the text of the file of each stored version by its name: an object with a {@code payload}, and as
 *     {@code reads_as} the {@code toString()} of the record that is read from it
 * @param types every event type that the domain can raise
 */
record GoldenFiles(EventCodec codec, Set<String> registered, Map<String, String> golden, Set<Class<?>> types) {

    private static final ObjectMapper TREES = new ObjectMapper();
    private static final String FOLDER = "core/src/test/resources/golden/";

    /** Returns the texts of the files in a folder by their names without {@code .json}. */
    static Map<String, String> in(Path folder) {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                texts.put(file.getFileName().toString().replaceFirst("\\.json$", ""), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    /** Returns one sentence for each problem, with the remedy. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        registered.stream()
                .sorted()
                .filter(version -> !golden.containsKey(version))
                .forEach(version -> problems.add(version + " can be stored, but has no golden file. Write " + FOLDER
                        + version + ".json with a payload of that version, and never change the payload again."));
        golden.keySet().stream()
                .filter(version -> !registered.contains(version))
                .forEach(version -> problems.add(version
                        + " has a golden file, but cannot be read any more. Stores still hold it: register it again in"
                        + " StoredEvents, as retired if it is no longer written."));
        List<Object> samples = new ArrayList<>();
        golden.keySet().stream()
                .filter(registered::contains)
                .forEach(version -> checkVersion(version, samples, problems));
        types.forEach(type -> checkType(type, samples, problems));
        return problems;
    }

    private void checkVersion(String version, List<Object> samples, List<String> problems) {
        try {
            Object read = codec.decode(recorded(version));
            samples.add(read);
            checkMeaning(version, read, problems);
            NewEvent written = codec.encode(read, Map.of());
            if (nameOf(written).equals(version) && !payload(version).equals(tree(written.payload()))) {
                problems.add(version + " is written as " + written.payload() + ", which is not its golden file."
                        + " Give the new shape a new version, and read the old one with an upcaster.");
            }
        } catch (UnreadableEventException e) {
            problems.add(version + " cannot be read, but is stored: " + e.getMessage()
                    + ". Give the new shape a new version, and read this one with an upcaster.");
        } catch (IllegalArgumentException e) {
            // the type is not registered, which the check of the types reports
        }
    }

    private void checkMeaning(String version, Object read, List<String> problems) {
        JsonNode readsAs = tree(golden.get(version)).path("reads_as");
        if (!readsAs.isTextual()) {
            problems.add(version + " has a golden file, but no record to compare it with. Write into " + FOLDER
                    + version + ".json, as \"reads_as\", what it means: today that is " + read);
        } else if (!readsAs.textValue().equals(read.toString())) {
            problems.add(version + " reads as " + read + ", but has always meant " + readsAs.textValue()
                    + ". Give the new shape a new version, and read this one with an upcaster.");
        }
    }

    private void checkType(Class<?> type, List<Object> samples, List<String> problems) {
        Optional<Object> sample = samples.stream().filter(type::isInstance).findFirst();
        if (sample.isEmpty()) {
            problems.add(type.getSimpleName() + " is an event, but no golden file holds one. Register it in"
                    + " StoredEvents under a stable name, and write a golden file for it.");
            return;
        }
        try {
            String current = nameOf(codec.encode(sample.get(), Map.of()));
            if (!golden.containsKey(current)) {
                problems.add(type.getSimpleName() + " is written as " + current + ", which has no golden file.");
            }
        } catch (IllegalArgumentException e) {
            problems.add(type.getSimpleName() + " is an event, but cannot be stored: " + e.getMessage()
                    + ". Register it in StoredEvents under a stable name.");
        }
    }

    private RecordedEvent recorded(String version) {
        int dot = version.lastIndexOf(".v");
        return new RecordedEvent(
                1,
                new StreamName("golden"),
                1,
                version.substring(0, dot),
                Integer.parseInt(version.substring(dot + 2)),
                payload(version).toString(),
                "{}",
                Instant.EPOCH);
    }

    private JsonNode payload(String version) {
        return tree(golden.get(version)).path("payload");
    }

    private static String nameOf(NewEvent event) {
        return event.type() + ".v" + event.schemaVersion();
    }

    private static JsonNode tree(String json) {
        try {
            return TREES.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
