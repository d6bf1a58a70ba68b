import com.sun.jdi.AbsentInformationException;
import com.sun.jdi.Bootstrap;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.StackFrame;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.MethodEntryEvent;
import com.sun.jdi.request.EventRequest;
import com.sun.jdi.request.MethodEntryRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prints the source files of this project that the packaged application executes for two requests, on lines such as
 * "GET dev/diptych/api/Diptych.java": the second POST /orders with an Idempotency-Key, and a repeated GET /orders/{id}.
 * It is a debugger: the application reports every method that it enters. What other threads do meanwhile, such as the
 * projections, does not count. Ends with 2 and a reason where it cannot do that within five minutes.
 */
final class ExecutedFiles {

    private static final Path JAR = Path.of("api/target/diptych.jar");
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)");

    private final VirtualMachine application;
    private final MethodEntryRequest entries;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final StringBuffer output = new StringBuffer();
    private final Map<ThreadReference, Boolean> answering = new HashMap<>();
    private final Set<String> executed = new ConcurrentSkipListSet<>();

    public static void main(String[] args) throws InterruptedException {
        if (!Files.exists(JAR)) {
            fail("There is no " + JAR + ". Build it: mvn -q -DskipTests package");
        }
        var task = new FutureTask<>(ExecutedFiles::lines);
        inBackground(task);
        try {
            task.get(5, TimeUnit.MINUTES).forEach(System.out::println);
        } catch (ExecutionException e) {
            fail("Cannot trace requests to " + JAR + ": " + e.getCause());
        } catch (TimeoutException e) {
            fail("Traced requests to " + JAR + " were not answered within five minutes.");
        }
    }

    private static void fail(String reason) {
        System.err.println(reason);
        System.exit(2);
    }

    private static List<String> lines() throws Exception {
        List<String> lines = new ArrayList<>();
        var application = new ExecutedFiles();
        application.answer(order("first"), 202); // so that classes are initialised
        application.traced(order("second"), 202).forEach(file -> lines.add("POST " + file));
        String get = request("GET /orders/second", "", "");
        while (application.status(get) == 404) {} // until the projection has caught up
        application.traced(get, 200).forEach(file -> lines.add("GET " + file));
        return lines;
    }

    private static String order(String id) {
        String items = "[{\"sku\": \"lamp\", \"quantity\": 2, \"unit_price\": \"7.50\"}]";
        String body = "{\"order_id\": \"" + id + "\", \"customer_id\": \"c-1\", \"items\": " + items + "}";
        return request("POST /orders", "Content-Type: application/json\r\nIdempotency-Key: key-" + id + "\r\n", body);
    }

    private static String request(String target, String headers, String body) {
        return target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + headers
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private ExecutedFiles() throws Exception {
        var connector = Bootstrap.virtualMachineManager().defaultConnector(); // it starts a JVM under this debugger
        var arguments = connector.defaultArguments();
        arguments.get("main").setValue("-jar " + JAR + " --store=memory --host=127.0.0.1 --port=0");
        application = connector.launch(arguments);
        Process process = application.process();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        entries = application.eventRequestManager().createMethodEntryRequest();
        entries.addClassFilter("dev.diptych.*");
        entries.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD); // its stack can be read, and no event comes late
        inBackground(this::receive);
        inBackground(() -> read(process.getInputStream()));
        inBackground(() -> read(process.getErrorStream()));
        application.resume();
    }

    private static void inBackground(Runnable task) {
        var thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }

    /** Looks for the port in what the application prints, and reads on, or the application could not print on. */
    private void read(InputStream stream) {
        try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append("\n");
                Matcher address = ADDRESS.matcher(line);
                if (address.find()) {
                    port.complete(Integer.parseInt(address.group(1)));
                }
            }
        } catch (IOException e) {
            output.append(e);
        }
    }

    private void receive() {
        try {
            while (true) {
                EventSet events = application.eventQueue().remove();
                for (Event event : events) {
                    if (event instanceof MethodEntryEvent entry) {
                        record(entry);
                    }
                }
                events.resume();
            }
        } catch (VMDisconnectedException | InterruptedException e) {
            // The application has ended.
        } finally {
            application.process().destroyForcibly(); // a suspended thread would wait for this one
            port.completeExceptionally(new IllegalStateException("the application ended: " + output));
        }
    }

    private void record(MethodEntryEvent entry) {
        try {
            if (answering.computeIfAbsent(entry.thread(), ExecutedFiles::isAnswering)) {
                executed.add(entry.location().sourcePath());
            }
        } catch (AbsentInformationException e) {
            // A class that the JVM made for a lambda or a switch. What it calls is a method of a class with a source.
        }
    }

    /** The threads of the server are known by the server's methods at the bottom of their stacks. */
    private static boolean isAnswering(ThreadReference thread) {
        try {
            for (StackFrame frame : thread.frames()) {
                if (frame.location().declaringType().name().startsWith("org.eclipse.jetty.")) {
                    return true;
                }
            }
            return false;
        } catch (IncompatibleThreadStateException e) {
            throw new IllegalStateException(e);
        }
    }

    private Set<String> traced(String request, int expected) throws Exception {
        executed.clear();
        entries.enable();
        answer(request, expected);
        entries.disable();
        if (executed.isEmpty()) {
            throw new IllegalStateException("no thread of Jetty executes a method of this project for " + request);
        }
        return new TreeSet<>(executed);
    }

    private void answer(String request, int expected) throws Exception {
        int status = status(request);
        if (status != expected) {
            throw new IllegalStateException("status " + status + " instead of " + expected + " for " + request);
        }
    }

    /** The server closes the connection after all methods that the request executes: those behind the answer, too. */
    private int status(String request) throws Exception {
        try (var socket = new Socket("127.0.0.1", port.get())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.split(" ", 3)[1]);
        }
    }
}
