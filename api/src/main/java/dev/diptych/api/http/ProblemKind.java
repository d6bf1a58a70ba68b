package dev.diptych.api.http;

/**
 * A kind of problem, as clients can look it up under its type.
 *
 * @param name lower-case words joined by hyphens: the last part of the type
 * @param status the HTTP status that goes with it
 * @param title the kind in words, the same for every problem of this kind
 * @param meaning what it says about the request or the server
 * @param remedy what the client can do
 */
public record ProblemKind(String name, int status, String title, String meaning, String remedy) {

    /** The stable reference by which a problem names its kind (RFC 9457, section 3.1.1); leads to this description. */
    public String type() {
        return "/problems/" + name;
    }
}
