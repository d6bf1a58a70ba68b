package dev.diptych.docs;

import dev.diptych.docs.Page.Fence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a page has its reader do: write a file, change one, or run commands. */
sealed interface Step {

    /** All steps of a page, in its order; none on a page that is only read. */
    static List<Step> in(Page page) {
        List<Step> steps = new ArrayList<>();
        for (Fence fence : page.fences()) {
            if (!fence.noted("new file").isEmpty()) {
                steps.add(new NewFile(fence.noted("new file"), fence.text()));
            } else if (!fence.noted("edit").isEmpty()) {
                steps.add(new Change(page, fence.noted("edit"), fence.text()));
            } else if (fence.language().equals("bash")) {
                steps.add(new Commands(fence.text()));
            }
        }
        return steps;
    }

    /**
     * Whether a page says what to write or to change, and so is a how-to that can be performed on a copy of this
     * project.
     */
    static boolean areIn(Page page) {
        return in(page).stream().anyMatch(step -> !(step instanceof Commands));
    }

    /**
     * A file to write, which is not there yet.
     *
     * @param path below the root of the project
     */
    record NewFile(String path, String text) implements Step {

        void write(Path root) throws IOException {
            if (Files.exists(Repo.ROOT.resolve(path))) {
                throw new IllegalArgumentException("There is a file " + path + " already");
            }
            Files.createDirectories(root.resolve(path).getParent());
            Files.writeString(root.resolve(path), text);
        }
    }

    /**
     * A file to change.
     *
     * @param file its path, or the end of it
     * @param diff one edit, or several with a line {@code @@} between two
     */
    record Change(Page page, String file, String diff) implements Step {

        /** Changes the file below the root; where it is not there, this project's is taken. */
        void make(Path root) throws IOException {
            Path stated = Repo.ROOT.resolve(file);
            Path original = Files.isRegularFile(stated) ? stated : Repo.file(file);
            Path copy = root.resolve(Repo.relative(original));
            String text = Repo.text(Files.exists(copy) ? copy : original);
            for (String hunk : diff.split("(?m)^@@.*\\n", -1)) {
                text = new Edit(page, file, "", "", hunk, "", "").applied(text);
            }
            Files.createDirectories(copy.getParent());
            Files.writeString(copy, text);
        }
    }

    /** Commands to run in the root of the project. */
    record Commands(String script) implements Step {}

    /** Writes and changes what the page says, and runs nothing. */
    static void write(Page page, Path root) throws IOException {
        for (Step step : in(page)) {
            switch (step) {
                case NewFile file -> file.write(root);
                case Change change -> change.make(root);
                case Commands commands -> {}
            }
        }
    }
}
