package dev.diptych.api.openapi;

import dev.diptych.api.http.access.Side;
import dev.diptych.api.http.input.EntityTags;
import dev.diptych.api.http.input.Parameters;
import dev.diptych.api.http.server.Routes;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Serves the OpenAPI 3.1 description of the API: as YAML (RFC 9512), which is the source, and as JSON, which the build
 * makes from it. Thread-safe.
 */
public final class OpenApiRoutes {

    private static final String YAML = "application/yaml";
    private static final String JSON = "application/json";

    private final Document yaml = Document.read("openapi.yaml", YAML);
    private final Document json = Document.read("openapi.json", JSON);

    /** Adds the routes. */
    public void add(Routes routes) {
        routes.of(Side.OPEN).get("/openapi.yaml", YAML, yaml::show);
        routes.of(Side.OPEN).get("/openapi.json", JSON, json::show);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared, and private to this class
    private record Document(String mediaType, byte[] bytes, String tag) {

        static Document read(String name, String mediaType) {
            try (InputStream in = OpenApiRoutes.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException(name
                            + " is not on the class path; \"mvn compile\" in the root of the project puts it there");
                }
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
