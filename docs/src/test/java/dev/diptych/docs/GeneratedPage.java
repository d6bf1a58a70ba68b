package dev.diptych.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A page that is written from what the code knows. To add one: render it from the code, and {@link #check} it in
 * {@link ReferencePagesTest}.
 *
 * @param path where it is, below the root of the project
 * @param text what it has to say
 */
record GeneratedPage(String path, String text) {

    /** Compares the page with what is there, or rewrites it under {@code -Dupdate.docs}. */
    void check() {
        Path file = Repo.ROOT.resolve(path);
        if (Repo.UPDATE) {
            new Page(file, text).write();
        } else {
            assertThat(file).as("a page that -Dupdate.docs writes").exists();
            List<String> there = Repo.text(file).lines().toList();
            assertThat(text.lines().filter(line -> !there.contains(line)))
                    .as("lines that %s lacks; -Dupdate.docs rewrites it", path)
                    .isEmpty();
            assertThat(isCurrent())
                    .as("%s has lines too many, or in another order; -Dupdate.docs rewrites it", path)
                    .isTrue();
        }
    }

    boolean isCurrent() {
        Path file = Repo.ROOT.resolve(path);
        return Files.exists(file) && Repo.text(file).equals(text);
    }
}
