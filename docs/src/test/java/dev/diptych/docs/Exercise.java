package dev.diptych.docs;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The exercises: for each its number, its test, the type that the compiler misses first, and the sources of core's
 * tests that its solution changes.
 */
enum Exercise {
    GIFT_WRAP(1, "GiftWrapTest", "GiftWrapOrder", "OrderDecider.java"),
    LATE_ORDERS(2, "LateOrdersTest", "LateOrder", ""),
    UNSHIPPED_ORDERS(3, "UnshippedOrdersTest", "UnshippedOrders", "");

    static final Path README = Repo.ROOT.resolve("docs/exercises/README.md");

    private final int number;
    private final String test;
    private final String missing;
    private final String changedTests;

    Exercise(int number, String test, String missing, String changedTests) {
        this.number = number;
        this.test = test;
        this.missing = missing;
        this.changedTests = changedTests;
    }

    int number() {
        return number;
    }

    String test() {
        return "dev.diptych.exercises." + test;
    }

    Path source() {
        return Repo.ROOT.resolve("docs/exercises/" + number + "/" + test + ".java");
    }

    String missing() {
        return missing;
    }

    List<Path> changedTests() {
        return Arrays.stream(changedTests.split(" ", -1))
                .filter(file -> !file.isEmpty())
                .map(Repo::file)
                .toList();
    }

    String solution() {
        return Repo.text(Repo.file("exercises/" + number + "/solution.patch"));
    }

    /** What the page says about it, below its heading. */
    String section() {
        return Arrays.stream(Repo.text(README).split("(?m)^## "))
                .filter(section -> section.startsWith(number + ". "))
                .findFirst()
                .orElseThrow();
    }

    /** How many tests there are to pass. */
    int tests() {
        return Repo.text(source()).split("@Test\\b", -1).length - 1;
    }
}
