package dev.diptych.api.http.problem;

/** Ends a request with a problem. Has no stack trace, because it is a response, not a server error. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    /** The problem to respond with. */
    public Problem problem() {
        return problem;
    }
}
