package dev.diptych.api.http.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An error response (RFC 9457, Problem Details for HTTP APIs).
 *
 * @param status the HTTP status
 * @param type a stable URI reference that identifies the kind of problem
 * @param title a summary of the kind of problem, identical for all problems of the kind
 * @param detail an explanation of this problem, and what to do about it
 * @param more extension members by name
 */
public record Problem(int status, String type, String title, String detail, Map<String, Object> more) {

    /** The media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** Creates a problem of a predefined kind. */
    public static Problem of(ProblemType type, String detail) {
        return of(type.kind(), detail);
    }

    /** Creates a problem of any kind. */
    public static Problem of(ProblemKind kind, String detail) {
        return new Problem(kind.status(), kind.type(), kind.title(), detail, Map.of());
    }

    /** Creates a problem that lists the faults of a request in the member {@code errors}. */
    public static Problem invalid(ProblemType type, List<Fault> faults) {
        String detail =
                faults.size() == 1 ? "The request has 1 error." : "The request has " + faults.size() + " errors.";
        return of(type, detail).with("errors", faults);
    }

    /** Returns a copy with one more extension member. */
    public Problem with(String name, Object value) {
        Map<String, Object> members = new LinkedHashMap<>(more);
        members.put(name, value);
        return new Problem(status, type, title, detail, members);
    }

    /** Returns an exception that makes a route respond with this problem. */
    public ProblemException asException() {
        return new ProblemException(this);
    }

    /**
     * The members of the response.
     *
     * @param instance the path of the request; empty to omit it
     */
    public Map<String, Object> members(String instance) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", type);
        members.put("title", title);
        members.put("status", status);
        members.put("detail", detail);
        if (!instance.isEmpty()) {
            members.put("instance", instance);
        }
        members.putAll(more);
        return members;
    }
}
