package dev.diptych.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diptych.core.StoredEvents;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.StreamName;
import dev.diptych.core.json.JsonEventCodec;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code docs/reference/events.md}: every stored name and version, with the golden file that it is held to. */
final class EventsPage {

    private static final Pattern VERSION = Pattern.compile("(.*)\\.v(\\d+)");

    private EventsPage() {}

    static GeneratedPage of(JsonEventCodec codec) {
        List<Stored> all = codec.storedVersions().stream()
                .sorted()
                .map(version -> Stored.of(codec, version))
                .toList();
        var page = new StringBuilder("""
                # Events

                Every event that is stored, by its stored name and the version of its shape, as `StoredEvents` registers
                them. Each version has a golden file: its payload must stay readable, as the event in `reads_as`. A test
                writes this page from the code.

                | stored name | version | is today | written |
                |---|---|---|---|
                """);
        all.forEach(stored -> page.append("| [`%s`](#%s-version-%d) | %d | `%s` | %s |%n"
                .formatted(
                        stored.name,
                        stored.name,
                        stored.version,
                        stored.version,
                        stored.type,
                        stored.written ? "yes" : "no longer")));
        all.forEach(stored ->
                page.append("%n## %s, version %d%n%n%s%n%n<!-- snippet: golden/%s.v%d.json -->%n```json%n%s```%n"
                        .formatted(
                                stored.name,
                                stored.version,
                                stored.meaning,
                                stored.name,
                                stored.version,
                                stored.golden)));
        return new GeneratedPage("docs/reference/events.md", page.toString());
    }

    static GeneratedPage current() {
        return of(StoredEvents.codec());
    }

    private record Stored(String name, int version, String type, boolean written, String meaning, String golden) {

        static Stored of(JsonEventCodec codec, String version) {
            Matcher parts = VERSION.matcher(version);
            if (!parts.matches()) {
                throw new IllegalArgumentException(version);
            }
            String name = parts.group(1);
            int number = Integer.parseInt(parts.group(2));
            String golden = Repo.text(Repo.file("golden/" + version + ".json"));
            Object event = codec.decode(new RecordedEvent(
                    1, new StreamName("golden"), 1, name, number, payload(golden), "{}", Instant.EPOCH));
            boolean written = codec.encode(event, Map.of()).schemaVersion() == number;
            Class<?> type = event.getClass();
            return new Stored(name, number, type.getSimpleName(), written, meaning(type), golden);
        }

        private static String payload(String golden) {
            try {
                return new ObjectMapper().readTree(golden).get("payload").toString();
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The first sentence of what the record says about itself. */
        private static String meaning(Class<?> type) {
            String source = Repo.text(Repo.file(type.getEnclosingClass().getSimpleName() + ".java"));
            Matcher comment = Pattern.compile("/\\*\\*\\s+(?:\\* )?([^.]*\\.)(?:(?!\\*/)[\\s\\S])*\\*/\\s+record "
                            + type.getSimpleName() + "\\(")
                    .matcher(source);
            if (!comment.find()) {
                throw new IllegalArgumentException(type + " says nothing about itself");
            }
            return comment.group(1).replaceAll("\\s+\\* ", " ");
        }
    }
}
