package dev.diptych.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What stands in a {@code pom.xml}. */
final class Poms {

    private Poms() {}

    /** A dependency or a plugin with the version that it is said to have. */
    record Versioned(String group, String artifact, String version) {}

    /** All of a file, with its properties put in. */
    static List<Versioned> versions(Path pom) throws Exception {
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
        List<Versioned> versions = new ArrayList<>();
        for (String kind : List.of("dependency", "plugin")) {
            NodeList all = document.getElementsByTagName(kind);
            for (int i = 0; i < all.getLength(); i++) {
                Element each = (Element) all.item(i);
                String version = child(each, "version");
                if (!version.isEmpty()) {
                    versions.add(new Versioned(
                            child(each, "groupId"), child(each, "artifactId"), resolved(document, version)));
                }
            }
        }
        return versions;
    }

    private static String resolved(Document document, String version) {
        if (!version.startsWith("${")) {
            return version;
        }
        NodeList property = document.getElementsByTagName(version.substring(2, version.length() - 1));
        return property.getLength() == 0 ? version : property.item(0).getTextContent();
    }

    private static String child(Element parent, String name) {
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeName().equals(name)) {
                return node.getTextContent();
            }
        }
        return "";
    }
}
