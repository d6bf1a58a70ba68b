package dev.diptych.api.http.problem;

/**
 * A kind of problem, as documented at its type.
 *
 * @param name lower-case words joined by hyphens; the last segment of the type
 * @param status the HTTP status
 * @param title a summary, identical for all problems of this kind
 * @param meaning what the problem means
 * @param remedy what the client can do
 */
public record ProblemKind(String name, int status, String title, String meaning, String remedy) {

    /** The URI reference that identifies the kind (RFC 9457, section 3.1.1); it resolves to the documentation. */
    public String type() {
        return "/problems/" + name;
    }
}
