package dev.diptych.api.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What went wrong, as RFC 9457 (Problem Details for HTTP APIs) has it.
 *
 * @param status the HTTP status
 * @param type a stable reference that names the kind of problem
 * @param title the kind of problem in words, always the same
 * @param detail this problem in words, and what to do about it
 * @param more further members, by name
 */
public record Problem(int status, String type, String title, String detail, Map<String, Object> more) {

    /** The media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** A problem of one of the known kinds. */
    public static Problem of(ProblemType type, String detail) {
        return of(type.kind(), detail);
    }

    /** A problem of whatever kind. */
    public static Problem of(ProblemKind kind, String detail) {
        return new Problem(kind.status(), kind.type(), kind.title(), detail, Map.of());
    }

    /** The problem that something in the request is not valid; each fault is listed. */
    public static Problem invalid(ProblemType type, List<Fault> faults) {
        String detail = faults.size() == 1 ? "There is 1 fault." : "There are " + faults.size() + " faults.";
        return of(type, detail).with("errors", faults);
    }

    /** The same, with one more member. */
    public Problem with(String name, Object value) {
        Map<String, Object> members = new LinkedHashMap<>(more);
        members.put(name, value);
        return new Problem(status, type, title, detail, members);
    }

    /** To be thrown by a route, and answered as this problem. */
    public ProblemException asException() {
        return new ProblemException(this);
    }

    Map<String, Object> members(String instance) {
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
