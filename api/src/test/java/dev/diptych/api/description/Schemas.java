package dev.diptych.api.description;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The compiled schemas of a description. Thread-safe. */
final class Schemas {

    private static final String ID = "https://diptych.invalid/openapi";

    private static final String OPENAPI = "https://spec.openapis.org/oas/3.1/";
    private static final String META = OPENAPI + "schema-base/2022-10-07";

    private final SchemaRegistry registry;
    private final Map<String, Schema> ready = new ConcurrentHashMap<>();

    Schemas(JsonNode document) {
        this.registry = SchemaRegistry.withDialect(
                Dialect.builder(Dialects.getDraft202012())
                        // The document around the schemas is full of words that are no keywords.
                        .unknownKeywordFactory((keyword, context) -> new NonValidationKeyword(keyword))
                        .build(),
                builder -> builder.schemas(Map.of(ID, document.toString()))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
    }

    /** What is wrong with a document, by the schemas that OpenAPI 3.1 itself has for documents and their schemas. */
    static List<String> documentFaults(JsonNode document) {
        SchemaRegistry meta = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Schemas::bundled));
        return faults(meta.getSchema(SchemaLocation.of(META)), document);
    }

    /** The schemas of OpenAPI lie in a jar, under their own addresses. */
    private static @Nullable String bundled(String id) {
        if (!id.startsWith(OPENAPI)) {
            return null;
        }
        String name = "/" + id.substring("https://".length());
        try (InputStream in = Objects.requireNonNull(Schemas.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong with a value, by the schema at a place. */
    List<String> faults(Place schema, JsonNode value) {
        return faults(
                ready.computeIfAbsent(
                        schema.pointer(), pointer -> registry.getSchema(SchemaLocation.of(ID + "#" + pointer))),
                value);
    }

    private static List<String> faults(Schema schema, JsonNode value) {
        return schema.validate(value).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }
}
