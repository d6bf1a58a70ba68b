package dev.diptych.api.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of problem that are not a rule of the domain: each with its status, and a stable name. */
@SuppressWarnings("ImmutableEnumChecker") // a record of texts and a number does not change
public enum ProblemType {
    /** The request is not HTTP or JSON as it should be. */
    MALFORMED_REQUEST(
            400,
            "The request is malformed",
            "The request is not HTTP, or its body is not JSON in UTF-8, is nested too deeply, or names a field twice.",
            "Correct what the detail points at. Sent again as it is, it fails again."),
    /** A parameter of the query is unknown, repeated, or has a value that it cannot have. */
    INVALID_PARAMETERS(
            400,
            "Some parameters are not valid",
            "A parameter in the URL is unknown, repeated, out of range, or not as it was given out. All faults are listed.",
            "Correct every parameter that the member errors names. A cursor or token that is refused: begin without it."),
    /** A header has a value that it cannot have. */
    INVALID_HEADERS(
            400,
            "Some headers are not valid",
            "A header that matters here is repeated, or does not have the form that it must have.",
            "Correct the header that the member errors names."),
    /** Nothing says who asks, or the token is not known. */
    TOKEN_REQUIRED(
            401,
            "A token is required",
            "The request needs the token of the side that it goes to, and has none, or one that is not known here.",
            "Send Authorization: Bearer, with the token that you were given. The header WWW-Authenticate says for what."),
    /** The token is for something else. */
    TOKEN_OF_ANOTHER_SIDE(
            403,
            "The token is for another side",
            "Commands, queries and operations have tokens of their own. This token is known, but for another of them.",
            "Send the token of this side; the header WWW-Authenticate names it."),
    /** A web page of another site is behind the request. */
    FOREIGN_ORIGIN(
            403,
            "The request comes from the page of another site",
            "The server is open to its own machine, and a web page from elsewhere wanted to change something on it.",
            "Send the request from a page of this server, or without a browser; or guard the server with tokens."),
    /** There is nothing under this path. */
    NOT_FOUND(
            404,
            "There is no such thing",
            "There is nothing under this path; or there is, and this view has not seen it yet.",
            "Check the id. For what was written just now, state the Consistency-Token of the write."),
    /** The path is right, but not for this method. */
    METHOD_NOT_ALLOWED(
            405,
            "The method is not allowed here",
            "There is something under this path, but not for this method.",
            "Use one of the methods that the header Allow names."),
    /** The client takes no JSON. */
    NOT_ACCEPTABLE(
            406,
            "No form that is accepted",
            "The header Accept leaves out every form of the answer; the detail names them.",
            "Accept a form that the detail names, or leave the header out."),
    /** The body did not come to its end in time. */
    REQUEST_TIMEOUT(
            408,
            "The request took too long",
            "The body of the request stalled, or came too slowly. Nothing was done.",
            "Send it again, on a new connection."),
    /** Somebody else was faster, again and again. */
    CONCURRENT_CHANGE(
            409,
            "Somebody else changed it meanwhile",
            "The command lost a race against others, was tried again on the server several times, and lost again.",
            "Send the command again, a little later."),
    /** What the client remembers is of a history that has ended. */
    SUPERSEDED_HISTORY(
            410,
            "The store has another history now",
            "The token or cursor was given out before a fail-over or a restore. What was written then may have been lost.",
            "Read without it, and look whether what you wrote is there. A command that is not there: decide anew."),
    /** It is not at the version that the client has stated. */
    PRECONDITION_FAILED(
            412,
            "It is not at the stated version",
            "If-Match states a version, and it is at another one, or does not exist; or it exists, and If-None-Match"
                    + " is *. Nothing was done.",
            "Read it again, decide anew, and state the version of what you have read."),
    /** The body is too long. */
    BODY_TOO_LARGE(413, "The body is too large", "A body has at most 256 KiB.", "Send less."),
    /** The path and the parameters are too long. */
    URI_TOO_LONG(414, "The URI is too long", "The path and the parameters together are too long.", "Send less."),
    /** The body is not JSON. */
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "The body must be JSON",
            "The Content-Type is missing, or is not application/json in UTF-8; or the body has a Content-Encoding.",
            "State Content-Type: application/json, no Content-Encoding, and send JSON."),
    /** Another node serves this. */
    MISDIRECTED_REQUEST(
            421,
            "Another node serves this",
            "This node does not have the role that the route belongs to, which the member role names.",
            "Send the request to a node that has the role, and this kind of request no longer to this one."),
    /** The request names a host that this is not. */
    FOREIGN_HOST(
            421,
            "The request is for another host",
            "The server is open to its own machine, and the header Host names none of that machine's own names.",
            "Use localhost or 127.0.0.1 as the host; or guard the server with tokens, and every name will do."),
    /** The body is JSON, but its fields are not what they must be. */
    INVALID_FIELDS(
            422,
            "Some fields are not valid",
            "A field of the body is missing, unknown, of the wrong type or out of range. All faults are listed.",
            "Correct every field that the member errors points at, by a JSON Pointer (RFC 6901)."),
    /** The id of this command was used for another one. */
    IDEMPOTENCY_KEY_REUSED(
            422,
            "The idempotency key is taken",
            "The Idempotency-Key was used for another request, with another path or body.",
            "Use a new key for a new request, and the same key only to send the same request again."),
    /** The headers are too long. */
    HEADERS_TOO_LARGE(431, "The headers are too large", "All headers together have at most 16 KiB.", "Send less."),
    /** A fault of the server's. */
    INTERNAL_ERROR(
            500,
            "Something went wrong on the server",
            "A fault of the server's, which has been logged there.",
            "Tell whoever runs the server when it happened. Whether anything was done is not known."),
    /** The store is away. */
    STORE_UNAVAILABLE(
            503,
            "The store cannot be reached",
            "The database is away or too busy. The detail says when a command may have been done all the same.",
            "Send the request again after the time in Retry-After; a command with the same Idempotency-Key."),
    /** As many streams are open as may be. */
    NO_MORE_STREAMS(
            503,
            "No more streams can be opened now",
            "As many streams of events are open as this server allows, or it is about to stop.",
            "Open it again after the time in Retry-After, or ask for JSON from time to time."),
    /** A write that the answer must show cannot be seen yet. */
    NOT_YET_VISIBLE(
            503,
            "The write cannot be seen yet",
            "The view has not reached the write whose token was stated, in the time that the client would wait.",
            "Ask again after the time in Retry-After, wait longer with Prefer: wait=30, or take what there is with"
                    + " Prefer: stale-ok."),
    /** The server cannot serve now. */
    NOT_READY(
            503,
            "The server is not ready",
            "The server runs, but its store is away, a projection has failed, or it has not caught up since its start.",
            "Nothing, as a client. The member checks tells those who run the server what to look at.");

    private final ProblemKind kind;

    ProblemType(int status, String title, String meaning, String remedy) {
        this.kind = new ProblemKind(name().toLowerCase(Locale.ROOT).replace('_', '-'), status, title, meaning, remedy);
    }

    /** The kind with this status, when the server itself refuses a request before there is a route. */
    static Optional<ProblemType> ofRefusal(int status) {
        return Arrays.stream(values())
                .filter(type -> type.status() == status && type.status() < 500)
                .findFirst();
    }

    /** What can be looked up about it. */
    public ProblemKind kind() {
        return kind;
    }

    /** The status that goes with it. */
    public int status() {
        return kind.status();
    }

    /** The same words for every problem of this kind. */
    public String title() {
        return kind.title();
    }

    /** The stable name: a reference to the page about this kind of problem. */
    public String type() {
        return kind.type();
    }
}
