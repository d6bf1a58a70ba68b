package dev.diptych.api.http.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.JsonTokenId;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.diptych.api.http.problem.Problem;
import dev.diptych.api.http.problem.ProblemException;
import dev.diptych.api.http.problem.ProblemType;
import dev.diptych.core.money.Money;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads and writes JSON: names in snake_case, amounts and times as strings, strict parsing. */
public final class Json {

    private static final int MAX_NESTING = 16;
    private static final int MAX_NUMBER_LENGTH = 100;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_NESTING)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .addModule(new SimpleModule()
                    .addSerializer(Money.class, ToStringSerializer.instance)
                    .addSerializer(Instant.class, ToStringSerializer.instance))
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Json() {}

    /** Responds with a value as JSON. */
    public static void write(Context ctx, int status, Object value) {
        write(ctx, status, "application/json", value);
    }

    /** Responds with a value as JSON, with another media type. */
    public static void write(Context ctx, int status, String mediaType, Object value) {
        ctx.status(status).header("Content-Type", mediaType).result(bytes(value));
    }

    /** Serializes a value as JSON in UTF-8. */
    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Parses a document.
     *
     * @throws ProblemException 400 if the bytes are not well-formed UTF-8 or JSON, repeat a name, or exceed a limit
     */
    static JsonNode read(byte[] bytes) {
        try (JsonParser parser = new PlainNumbersOnly(MAPPER.createParser(decode(bytes)))) {
            JsonNode node = MAPPER.readTree(parser);
            if (node == null) {
                throw malformed("The body is empty, but must be a JSON object.");
            }
            if (parser.nextToken() != null) {
                throw malformed("The body continues after the end of the JSON value.");
            }
            return node;
        } catch (StreamConstraintsException e) {
            throw malformed("The JSON is nested deeper than " + MAX_NESTING + " levels, or has a number of more than "
                    + MAX_NUMBER_LENGTH + " digits.");
        } catch (JsonParseException e) {
            throw malformed("The body is not JSON" + place(e) + ": " + firstLine(e.getOriginalMessage()));
        } catch (IOException e) {
            throw malformed("The body is not JSON.");
        }
    }

    /** Serializes a parsed document in canonical form: fields sorted by name, no white space. */
    static byte[] canonical(JsonNode node) {
        return bytes(sorted(node));
    }

    /** The recursion is bounded, because {@link #read} limits the nesting. */
    private static Object sorted(JsonNode node) {
        if (node.isArray()) {
            List<Object> elements = new ArrayList<>(node.size());
            node.forEach(element -> elements.add(sorted(element)));
            return elements;
        }
        if (node.isObject()) {
            Map<String, Object> fields = new TreeMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
            return fields;
        }
        return node;
    }

    private static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("The body is not well-formed UTF-8.");
        }
    }

    private static String place(JsonParseException e) {
        return e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private static ProblemException malformed(String detail) {
        return Problem.of(ProblemType.MALFORMED_REQUEST, detail).asException();
    }

    /**
     * Reports a number in exponent notation, such as 1e3, as an embedded object, which every field rejects. A parsed
     * tree keeps the value of a number but not its notation, and amounts of money require plain notation.
     */
    private static final class PlainNumbersOnly extends JsonParserDelegate {

        PlainNumbersOnly(JsonParser parser) {
            super(parser);
        }

        @Override
        public JsonToken nextToken() throws IOException {
            super.nextToken();
            return currentToken();
        }

        @Override
        public JsonToken currentToken() {
            return hasExponent() ? JsonToken.VALUE_EMBEDDED_OBJECT : super.currentToken();
        }

        @Override
        public int currentTokenId() {
            JsonToken token = currentToken();
            return token == null ? JsonTokenId.ID_NO_TOKEN : token.id();
        }

        @Override
        public Object getEmbeddedObject() throws IOException {
            return getText();
        }

        private boolean hasExponent() {
            try {
                return super.currentToken() == JsonToken.VALUE_NUMBER_FLOAT
                        && getText().toLowerCase(Locale.ROOT).indexOf('e') >= 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
