package dev.diptych.api.http;

/** The kinds of problem that are not a rule of the domain: each with its status, and a stable name. */
public enum ProblemType {
    /** The request is not HTTP or JSON as it should be. */
    MALFORMED_REQUEST(400, "The request is malformed"),
    /** A parameter of the query is unknown, repeated, or has a value that it cannot have. */
    INVALID_PARAMETERS(400, "Some parameters are not valid"),
    /** A header has a value that it cannot have. */
    INVALID_HEADERS(400, "Some headers are not valid"),
    /** There is nothing under this path. */
    NOT_FOUND(404, "There is no such thing"),
    /** The path is right, but not for this method. */
    METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
    /** Somebody else was faster, again and again. */
    CONCURRENT_CHANGE(409, "Somebody else changed it meanwhile"),
    /** It is not at the version that the client has stated. */
    PRECONDITION_FAILED(412, "It is not at the stated version"),
    /** The body is too long. */
    BODY_TOO_LARGE(413, "The body is too large"),
    /** The body is not JSON. */
    UNSUPPORTED_MEDIA_TYPE(415, "The body must be JSON"),
    /** The body is JSON, but its fields are not what they must be. */
    INVALID_FIELDS(422, "Some fields are not valid"),
    /** The id of this command was used for another one. */
    IDEMPOTENCY_KEY_REUSED(422, "The idempotency key is taken"),
    /** A fault of the server's. */
    INTERNAL_ERROR(500, "Something went wrong on the server"),
    /** A write that the answer must show cannot be seen yet. */
    NOT_YET_VISIBLE(503, "The write cannot be seen yet"),
    /** The server cannot serve now. */
    NOT_READY(503, "The server is not ready");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The status that goes with it. */
    public int status() {
        return status;
    }

    /** The same words for every problem of this kind. */
    public String title() {
        return title;
    }

    /** The stable name: a reference to the page about this kind of problem. */
    public String type() {
        return "/problems/" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
