package dev.diptych.api.http.problem;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of problem that do not depend on the domain, with their HTTP status and documentation. */
@SuppressWarnings("ImmutableEnumChecker") // ProblemKind is a record of strings and an int
public enum ProblemType {
    /** The request is not valid HTTP, or its body is not valid JSON. */
    MALFORMED_REQUEST(
            400,
            "The request is not valid HTTP, or its body is not JSON in UTF-8, is nested too deeply, or"
                    + " repeats a field.",
            "Correct what the detail describes. The same request would fail again."),
    /** A query parameter is unknown, repeated or invalid. */
    INVALID_PARAMETERS(
            400,
            "A query parameter is unknown, repeated, out of range, or malformed. All errors are listed.",
            "Correct every parameter that the member errors names. If it is a cursor or a token, start again"
                    + " without it."),
    /** A header is repeated or invalid. */
    INVALID_HEADERS(400, "A header is repeated or malformed.", "Correct the header that the member errors names."),
    /** The bearer token is missing or unknown. */
    TOKEN_REQUIRED(
            401,
            "The request requires a bearer token, and has none, or one that this server does not know.",
            "Send Authorization: Bearer with a valid token. The header WWW-Authenticate states which one is required."),
    /** The bearer token belongs to another side. */
    TOKEN_OF_ANOTHER_SIDE(
            403,
            "Commands, queries and operations have separate tokens. This token is valid, but not for this request.",
            "Send the token that the header WWW-Authenticate names."),
    /** The request comes from a web page of another site. */
    FOREIGN_ORIGIN(
            403,
            "The server accepts requests from its own machine only, and a web page of another site sent this one.",
            "Send the request from a page of this server, or without a browser; or protect the server with tokens."),
    /** The resource does not exist, or is not visible yet. */
    NOT_FOUND(
            404,
            "The resource does not exist, or is not visible in this view yet.",
            "Check the id. To read a recent write, send its Consistency-Token."),
    /** The resource does not support the method. */
    METHOD_NOT_ALLOWED(
            405, "The resource does not support this method.", "Use one of the methods in the header Allow."),
    /** The client accepts none of the offered media types. */
    NOT_ACCEPTABLE(
            406,
            "The header Accept excludes every media type that is available; the detail lists them.",
            "Accept a media type that the detail lists, or omit the header."),
    /** The body was not received in time. */
    REQUEST_TIMEOUT(
            408,
            "The body of the request was not received in time. The request had no effect.",
            "Send it again, on a new connection."),
    /** The command conflicted with concurrent changes in each of several attempts. */
    CONCURRENT_CHANGE(
            409,
            "The command conflicted with concurrent commands, and so did several retries on the server.",
            "Send the command again, a little later."),
    /** The token or cursor belongs to a history that has ended. */
    SUPERSEDED_HISTORY(
            410,
            "The token or cursor was issued before a fail-over or a restore, which may have lost recent writes.",
            "Read without it, and check whether your writes exist. If one does not, decide whether to send it again."),
    /** The precondition in {@code If-Match} or {@code If-None-Match} does not hold. */
    PRECONDITION_FAILED(
            412,
            "The resource is not at the version in If-Match, or does not exist; or it exists, and If-None-Match is *."
                    + " The request had no effect.",
            "Read the resource again, decide again, and send the version that you have read."),
    /** The body exceeds the maximum size. */
    BODY_TOO_LARGE(413, "The body exceeds 256 KiB.", "Send a smaller body."),
    /** The URI exceeds the maximum length. */
    URI_TOO_LONG(414, "The path and the query parameters are too long.", "Send a shorter URI."),
    /** The body is not declared as JSON in UTF-8, or is encoded. */
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "The Content-Type is missing, or is not application/json in UTF-8; or the body has a Content-Encoding.",
            "Send JSON with Content-Type: application/json and without Content-Encoding."),
    /** This node does not have the role that serves the route. */
    MISDIRECTED_REQUEST(
            421,
            "This node does not have the role that the route requires, which the member role names.",
            "Send this and similar requests to a node that has the role."),
    /** The header {@code Host} does not name this machine. */
    FOREIGN_HOST(
            421,
            "The server accepts requests from its own machine only, and the header Host does not name that machine.",
            "Use localhost or 127.0.0.1 as the host; or protect the server with tokens, which allows every name."),
    /** The body is JSON, but fields are missing, unknown or invalid. */
    INVALID_FIELDS(
            422,
            "A field of the body is missing, unknown, of the wrong type or out of range. All errors are listed.",
            "Correct every field to which the member errors points, by a JSON Pointer (RFC 6901)."),
    /** The idempotency key was used for another command. */
    IDEMPOTENCY_KEY_REUSED(
            422,
            "The Idempotency-Key was used for a request with another path or body.",
            "Use a new key for a new request, and the same key only to repeat a request."),
    /** The headers exceed the maximum size. */
    HEADERS_TOO_LARGE(431, "The headers exceed 16 KiB in total.", "Send fewer or shorter headers."),
    /** Unexpected server error. */
    INTERNAL_ERROR(
            500,
            "Unexpected server error; it has been logged. The request may have had an effect.",
            "Report the time of the error to the operator of the server."),
    /** The store is unavailable or overloaded. */
    STORE_UNAVAILABLE(
            503,
            "The database is unavailable or overloaded. The detail states whether a command may have taken effect.",
            "Send the request again after the time in Retry-After; a command with the same Idempotency-Key."),
    /** The maximum number of event streams is open, or the server is stopping. */
    NO_MORE_STREAMS(
            503,
            "The maximum number of event streams is open, or the server is shutting down.",
            "Open the stream again after the time in Retry-After, or poll for JSON."),
    /** The view did not reach the consistency token in time. */
    NOT_YET_VISIBLE(
            503,
            "The view did not reach the write of the consistency token within the wait time.",
            "Retry after the time in Retry-After, wait longer with Prefer: wait=30, or accept an older state with"
                    + " Prefer: stale-ok."),
    /** The server is not ready to serve requests. */
    NOT_READY(
            503,
            "The server is running, but its store is unavailable, a projection has failed, or it has not caught up"
                    + " since it started.",
            "Send requests to another node. For the operator, the member checks lists the failed checks.");

    private final ProblemKind kind;

    ProblemType(int status, String meaning, String remedy) {
        String words = name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String title = words.startsWith("uri")
                ? "URI" + words.substring(3)
                : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        this.kind = new ProblemKind(words.replace(' ', '-'), status, title, meaning, remedy);
    }

    /**
     * The kind with this client error status, for a request that the server rejects before routing; empty if there is
     * none.
     */
    public static Optional<ProblemType> ofRefusal(int status) {
        return Arrays.stream(values())
                .filter(type -> type.status() == status && type.status() < 500)
                .findFirst();
    }

    /** The documented kind of problem. */
    public ProblemKind kind() {
        return kind;
    }

    /** The HTTP status. */
    public int status() {
        return kind.status();
    }

    /** The summary, identical for all problems of this kind. */
    public String title() {
        return kind.title();
    }

    /** The URI reference that identifies the kind. */
    public String type() {
        return kind.type();
    }
}
