package dev.diptych.api;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Refuses wrong options in words, with 2. What is not known is named without its value: the name may be that of a token or of
 * a password, with one letter wrong.
 */
final class WithoutSecrets implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine line = e.getCommandLine();
        PrintWriter err = line.getErr();
        if (e instanceof UnmatchedArgumentException unknown) {
            err.println("Not known: " + names(unknown.getUnmatched()));
        } else {
            err.println(e.getMessage());
        }
        line.usage(err);
        return line.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String names(List<String> unknown) {
        return unknown.stream()
                .map(each ->
                        each.startsWith("-") ? each.replaceFirst("=.*", "=...") : "a value that belongs to no option")
                .collect(Collectors.joining(", "));
    }
}
