package dev.diptych.api.launch;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Reports invalid options, with exit code 2. An unknown option is reported without its value, because it may be a
 * mistyped option for a token or a password.
 */
final class WithoutSecrets implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine line = e.getCommandLine();
        PrintWriter err = line.getErr();
        if (e instanceof UnmatchedArgumentException unknown) {
            err.println("Unknown option: " + names(unknown.getUnmatched()));
        } else if (e instanceof MissingParameterException missing) {
            err.println("Missing value for option: " + options(missing.getMissing()));
        } else {
            err.println(e.getMessage());
        }
        line.usage(err);
        return line.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** Omits the argument in the place of the missing value: it is the next option, and may contain a secret. */
    private static String options(List<ArgSpec> missing) {
        return missing.stream()
                .map(each -> each instanceof OptionSpec option ? option.longestName() : each.paramLabel())
                .collect(Collectors.joining(", "));
    }

    private static String names(List<String> unknown) {
        return unknown.stream()
                .map(each -> each.startsWith("-") ? each.replaceFirst("=.*", "=...") : "a value without an option")
                .collect(Collectors.joining(", "));
    }
}
