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
            "The request is not HTTP, or its body is not JSON in UTF-8, is nested too deeply, or names a field twice.",
            "Correct what the detail points at. Sent again as it is, it fails again."),
    /** A query parameter is unknown, repeated or invalid. */
    INVALID_PARAMETERS(
            400,
            "A parameter in the URL is unknown, repeated, out of range, or not as it was given out. All faults are listed.",
            "Correct every parameter that the member errors names. A cursor or token that is refused: begin without it."),
    /** A header is repeated or invalid. */
    INVALID_HEADERS(
            400,
            "A header that matters here is repeated, or does not have the form that it must have.",
            "Correct the header that the member errors names."),
    /** The bearer token is missing or unknown. */
    TOKEN_REQUIRED(
            401,
            "The request needs the token of the side that it goes to, and has none, or one that is not known here.",
            "Send Authorization: Bearer, with the token that you were given. The header WWW-Authenticate says for what."),
    /** The bearer token belongs to another side. */
    TOKEN_OF_ANOTHER_SIDE(
            403,
            "Commands, queries and operations have tokens of their own. This token is known, but for another of them.",
            "Send the token of this side; the header WWW-Authenticate names it."),
    /** The request comes from a web page of another site. */
    FOREIGN_ORIGIN(
            403,
            "The server is open to its own machine, and a web page from elsewhere wanted to change something on it.",
            "Send the request from a page of this server, or without a browser; or guard the server with tokens."),
    /** The resource does not exist, or is not visible yet. */
    NOT_FOUND(
            404,
            "There is nothing under this path; or there is, and this view has not seen it yet.",
            "Check the id. For what was written just now, state the Consistency-Token of the write."),
    /** The resource does not support the method. */
    METHOD_NOT_ALLOWED(
            405,
            "There is something under this path, but not for this method.",
            "Use one of the methods that the header Allow names."),
    /** The client accepts none of the offered media types. */
    NOT_ACCEPTABLE(
            406,
            "The header Accept leaves out every form of the answer; the detail names them.",
            "Accept a form that the detail names, or leave the header out."),
    /** The body was not received in time. */
    REQUEST_TIMEOUT(
            408,
            "The body of the request stalled, or came too slowly. Nothing was done.",
            "Send it again, on a new connection."),
    /** The command conflicted with concurrent changes in each of several attempts. */
    CONCURRENT_CHANGE(
            409,
            "The command lost a race against others, was tried again on the server several times, and lost again.",
            "Send the command again, a little later."),
    /** The token or cursor belongs to a history that has ended. */
    SUPERSEDED_HISTORY(
            410,
            "The token or cursor was given out before a fail-over or a restore. What was written then may have been lost.",
            "Read without it, and look whether what you wrote is there. A command that is not there: decide anew."),
    /** The precondition in {@code If-Match} or {@code If-None-Match} does not hold. */
    PRECONDITION_FAILED(
            412,
            "If-Match states a version, and it is at another one, or does not exist; or it exists, and If-None-Match"
                    + " is *. Nothing was done.",
            "Read it again, decide anew, and state the version of what you have read."),
    /** The body exceeds the maximum size. */
    BODY_TOO_LARGE(413, "A body has at most 256 KiB.", "Send less."),
    /** The URI exceeds the maximum length. */
    URI_TOO_LONG(414, "The path and the parameters together are too long.", "Send less."),
    /** The body is not declared as JSON in UTF-8, or is encoded. */
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "The Content-Type is missing, or is not application/json in UTF-8; or the body has a Content-Encoding.",
            "State Content-Type: application/json, no Content-Encoding, and send JSON."),
    /** This node does not have the role that serves the route. */
    MISDIRECTED_REQUEST(
            421,
            "This node does not have the role that the route belongs to, which the member role names.",
            "Send the request to a node that has the role, and this kind of request no longer to this one."),
    /** The header {@code Host} does not name this machine. */
    FOREIGN_HOST(
            421,
            "The server is open to its own machine, and the header Host names none of that machine's own names.",
            "Use localhost or 127.0.0.1 as the host; or guard the server with tokens, and every name will do."),
    /** The body is JSON, but fields are missing, unknown or invalid. */
    INVALID_FIELDS(
            422,
            "A field of the body is missing, unknown, of the wrong type or out of range. All faults are listed.",
            "Correct every field that the member errors points at, by a JSON Pointer (RFC 6901)."),
    /** The idempotency key was used for another command. */
    IDEMPOTENCY_KEY_REUSED(
            422,
            "The Idempotency-Key was used for another request, with another path or body.",
            "Use a new key for a new request, and the same key only to send the same request again."),
    /** The headers exceed the maximum size. */
    HEADERS_TOO_LARGE(431, "All headers together have at most 16 KiB.", "Send less."),
    /** Unexpected server error. */
    INTERNAL_ERROR(
            500,
            "A fault of the server's, which has been logged there.",
            "Tell whoever runs the server when it happened. Whether anything was done is not known."),
    /** The store is unavailable or overloaded. */
    STORE_UNAVAILABLE(
            503,
            "The database is away or too busy. The detail says when a command may have been done all the same.",
            "Send the request again after the time in Retry-After; a command with the same Idempotency-Key."),
    /** The maximum number of event streams is open, or the server is stopping. */
    NO_MORE_STREAMS(
            503,
            "As many streams of events are open as this server allows, or it is about to stop.",
            "Open it again after the time in Retry-After, or ask for JSON from time to time."),
    /** The view did not reach the consistency token in time. */
    NOT_YET_VISIBLE(
            503,
            "The view has not reached the write whose token was stated, in the time that the client would wait.",
            "Ask again after the time in Retry-After, wait longer with Prefer: wait=30, or take what there is with"
                    + " Prefer: stale-ok."),
    /** The server is not ready to serve requests. */
    NOT_READY(
            503,
            "The server runs, but its store is away, a projection has failed, or it has not caught up since its start.",
            "Nothing, as a client. The member checks tells those who run the server what to look at.");

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
