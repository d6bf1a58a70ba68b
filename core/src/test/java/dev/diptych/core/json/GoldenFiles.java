package dev.diptych.core.json;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Whether stored events and golden files agree, as a function of all that it looks at, so that it can be shown to fail.
 *
 * @param codec what reads and writes the events
 * @param registered every stored version that the codec can read, such as {@code order-paid.v1}
 * @param golden one payload for each stored version, as it stands in the file of that name
 * @param expected what each golden payload means in today's records
 * @param types every type of event that the domain can raise
 */
record GoldenFiles(
        EventCodec codec,
        Set<String> registered,
        Map<String, String> golden,
        Map<String, Object> expected,
        Set<Class<?>> types) {

    private static final ObjectMapper TREES = new ObjectMapper();

    /** The payloads in a folder, by the names of their files without {@code .json}. */
    static Map<String, String> in(Path folder) {
        Map<String, String> payloads = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                payloads.put(file.getFileName().toString().replaceFirst("\\.json$", ""), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return payloads;
    }

    /** Everything that is wrong, each in a sentence that says what to do; empty when nothing is. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        registered.stream()
                .sorted()
                .filter(version -> !golden.containsKey(version))
                .forEach(version -> complaints.add(
                        version + " can be stored, but has no golden file. Write core/src/test/resources/golden/"
                                + version + ".json with a payload of that version, and never change it again."));
        golden.keySet().stream()
                .filter(version -> !registered.contains(version))
                .forEach(version -> complaints.add(version
                        + " has a golden file, but cannot be read any more. Stores still hold it: register it again in"
                        + " StoredEvents, as retired if it is no longer written."));
        golden.keySet().stream()
                .filter(version -> !expected.containsKey(version))
                .forEach(version -> complaints.add(version
                        + " has a golden file, but no record to compare it with. Write down in GoldenFilesTest what it"
                        + " means today."));
        types.forEach(type -> complainAbout(type, complaints));
        golden.keySet().stream()
                .filter(registered::contains)
                .filter(expected::containsKey)
                .forEach(version -> complainAbout(version, complaints));
        return complaints;
    }

    private void complainAbout(Class<?> type, List<String> complaints) {
        List<Object> samples =
                expected.values().stream().filter(type::isInstance).toList();
        if (samples.isEmpty()) {
            complaints.add(type.getSimpleName() + " is an event, but no golden file holds one. Register it in"
                    + " StoredEvents under a stable name, and write a golden file for it.");
            return;
        }
        try {
            String current = nameOf(codec.encode(samples.getFirst(), Map.of()));
            if (!golden.containsKey(current)) {
                complaints.add(type.getSimpleName() + " is written as " + current + ", which has no golden file.");
            }
        } catch (IllegalArgumentException e) {
            complaints.add(type.getSimpleName() + " is an event, but cannot be stored: " + e.getMessage()
                    + ". Register it in StoredEvents under a stable name.");
        }
    }

    private void complainAbout(String version, List<String> complaints) {
        Object meant = expected.get(version);
        try {
            Object read = codec.decode(recorded(version));
            if (!read.equals(meant)) {
                complaints.add(version + " reads as " + read + ", but has always meant " + meant
                        + ". Give the new shape a new version, and read this one with an upcaster.");
            }
            NewEvent written = codec.encode(meant, Map.of());
            if (nameOf(written).equals(version) && !sameJson(written.payload(), golden.get(version))) {
                complaints.add(version + " is written as " + written.payload() + ", which is not its golden file."
                        + " Give the new shape a new version, and read the old one with an upcaster.");
            }
        } catch (UnreadableEventException e) {
            complaints.add(version + " cannot be read, but is stored: " + e.getMessage()
                    + ". Give the new shape a new version, and read this one with an upcaster.");
        } catch (IllegalArgumentException e) {
            // the type is not registered, which the complaints about types say
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
                golden.get(version),
                "{}",
                Instant.EPOCH);
    }

    private static String nameOf(NewEvent event) {
        return event.type() + ".v" + event.schemaVersion();
    }

    private static boolean sameJson(String one, String other) {
        try {
            return TREES.readTree(one).equals(TREES.readTree(other));
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
