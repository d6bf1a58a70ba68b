package dev.diptych.api.openapi;

import dev.diptych.api.http.EntityTags;
import dev.diptych.api.http.Parameters;
import dev.diptych.api.http.Routes;
import dev.diptych.api.http.Side;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * Shows the description of the API (OpenAPI 3.1): the YAML that was written by hand (RFC 9512), and the JSON that was made
 * from it. Safe for use by many threads.
 */
public final class OpenApiRoutes {

    private static final String YAML = "application/yaml";
    private static final String JSON = "application/json";

    private final Document yaml = Document.read("openapi.yaml", YAML);
    private final Document json = Document.read("openapi.json", JSON);

    /** Adds the routes. */
    public void add(Routes routes) {
        routes.of(Side.OPEN, yaml).get("/openapi.yaml", YAML, Document::show);
        routes.of(Side.OPEN, json).get("/openapi.json", JSON, Document::show);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared, and not shown to anybody who could change it
    private record Document(String mediaType, byte[] bytes, String tag) {

        static Document read(String name, String mediaType) {
            try (InputStream in = Objects.requireNonNull(OpenApiRoutes.class.getResourceAsStream(name), name)) {
                byte[] bytes = in.readAllBytes();
                return new Document(mediaType, bytes, EntityTags.of(bytes));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void show(Context ctx) {
            new Parameters(ctx).check();
            ctx.header("ETag", tag).header("Content-Type", mediaType).result(bytes);
        }
    }
}
