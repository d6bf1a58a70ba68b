package dev.diptych.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What Surefire wrote about a run. */
final class TestReports {

    private TestReports() {}

    /**
     * One test, or one of its rounds.
     *
     * @param type the simple name of its class
     * @param method without its parameters
     * @param passed neither failed nor skipped
     * @param trouble what it said when it failed
     */
    record Case(String type, String method, boolean passed, String trouble) {}

    static List<Case> in(Path directory) throws Exception {
        List<Case> cases = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".xml")).toList()) {
                NodeList all = DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(file.toFile())
                        .getElementsByTagName("testcase");
                for (int i = 0; i < all.getLength(); i++) {
                    cases.add(of((Element) all.item(i)));
                }
            }
        }
        return cases;
    }

    private static Case of(Element element) {
        var trouble = new StringBuilder();
        for (String kind : List.of("failure", "error", "skipped")) {
            NodeList found = element.getElementsByTagName(kind);
            for (int i = 0; i < found.getLength(); i++) {
                trouble.append(kind).append(": ").append(found.item(i).getTextContent());
            }
        }
        String type = element.getAttribute("classname").replaceFirst(".*\\.", "");
        String method = element.getAttribute("name").replaceFirst("[^\\w].*", "");
        return new Case(type, method, trouble.isEmpty(), trouble.toString());
    }
}
