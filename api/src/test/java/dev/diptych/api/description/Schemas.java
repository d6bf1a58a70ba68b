package dev.diptych.api.description;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The schemas of a description, each made ready once. Safe for use by many threads. */
final class Schemas {

    private static final String ID = "https://diptych.invalid/openapi";

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

    /** What is wrong with a value, by the schema at a place. */
    List<String> faults(Place schema, JsonNode value) {
        return ready
                .computeIfAbsent(schema.pointer(), pointer -> registry.getSchema(SchemaLocation.of(ID + "#" + pointer)))
                .validate(value)
                .stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }
}
