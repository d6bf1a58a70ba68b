package dev.diptych.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.api.Store;
import dev.diptych.api.launch.DemoData;
import dev.diptych.api.launch.MemoryStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Takes the pictures of {@code docs/images}, which are copied from {@code target/screenshots}. */
class PagePicturesTest extends OnPage {

    private static final int MAX_BYTES = 2_000_000;

    @Override
    protected Store open() {
        return MemoryStore.open();
    }

    @BeforeAll
    void sendDemoData() {
        DemoData.send(diptych.commands());
    }

    /** An order is shipped, the paused list does not show it, another order is refused, and one is being paid. */
    private void act(String id, String refused, String other) {
        pay(page, id);
        page.awaitThat(row(id, "paid"));
        page.click(projection("product-sales") + " [data-verb=pause]");
        page.click(projection("order-list") + " [data-verb=pause]");
        page.awaitThat("[data-checkpoint=order-list][data-state=paused]");
        page.awaitThat("[data-checkpoint=product-sales][data-state=paused]");
        for (int i = 0; i < 3; i++) {
            place(other + i);
        }
        page.click(projection("product-sales") + " [data-verb=resume]");
        page.click(row(id) + " [data-focus=ship]");
        page.awaitText(row(id) + " .pending-text", "behind");
        page.click(row(refused) + " [data-focus=ship]");
        page.awaitThat(row(refused) + " .error");
        page.script("document.activeElement.blur()");
    }

    /** The token of the last command stands where it is half of its way down. */
    private void freeze() {
        page.script("""
                document.getAnimations().forEach((each) => {
                    if (each.animationName === 'drop') {
                        each.pause();
                        each.currentTime = each.effect.getTiming().delay + 550;
                    } else if (['until', 'after'].includes(each.animationName)) {
                        each.finish();
                    }
                });
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "page-light, light, 1440, 900",
        "page-dark, dark, 1440, 900",
        "page-wide, light, 1920, 1080",
        "page-projector, light, 1280, 720",
        "page-narrow, light, 360, 760"
    })
    void the_page(String name, String theme, int width, int height) {
        page.setViewport(width, height, "prefers-color-scheme", theme);
        String id = placed();
        String refused = placed();
        act(id, refused, name + "-");
        page.awaitThat("#band[data-flow=tokens]");
        page.awaitGone(".token");
        page.script("window.setTimeout = () => 0"); // so that the next token stays
        pay(page, refused);
        page.awaitThat(".token[data-state=stored]");
        freeze();
        page.script("document.activeElement.blur(); scrollTo(0, 0)");
        page.screenshot(name);
        assertThat(page.errors()).isEmpty();
    }

    @Test
    void the_tour() {
        page.setViewport(1440, 900, "prefers-color-scheme", "light");
        var tour = new Tour(page);
        tour.open(url(), 3);
        tour.take(3);
        page.screenshot("page-tour");
    }

    @Test
    void the_server() {
        page.setViewport(1440, 2000, "prefers-color-scheme", "light");
        String id = placed();
        pay(page, id);
        page.awaitThat(row(id, "paid"));
        page.click(row(id) + " [data-focus=open]");
        page.awaitText(".after", "PAID");
        page.screenshot("page-server");
    }

    @Test
    void the_band_in_motion() throws IOException {
        page.setViewport(1280, 820, "prefers-color-scheme", "light");
        String first = placed();
        String second = placed();
        page.awaitThat("#band[data-lab=on]");
        var film = new Film();
        pay(page, first);
        film.take(Duration.ofMillis(2_500));
        place("film-1");
        film.take(Duration.ofMillis(1_500));
        pauseProjection("order-list");
        film.take(Duration.ofMillis(500));
        for (int i = 2; i < 5; i++) {
            place("film-" + i);
            film.take(Duration.ofMillis(900));
        }
        page.click(row(second) + " [data-focus=ship]");
        film.take(Duration.ofSeconds(3));
        resumeProjection("order-list");
        film.take(Duration.ofMillis(1_500));
        byte[] gif = film.picture.gif(Duration.ofSeconds(2));
        Files.createDirectories(Path.of("target", "screenshots"));
        Files.write(Path.of("target", "screenshots", "band.gif"), gif);
        assertThat(gif.length).isLessThan(MAX_BYTES);
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(gif)));
        assertThat(reader.getNumImages(true)).isGreaterThan(1);
        reader.dispose();
    }

    /** Films the band with a clock of its own, so that the motion is even however long a picture takes. */
    private final class Film {

        private static final Duration STEP = Duration.ofMillis(100);

        private final MovingPicture picture = new MovingPicture();
        private Duration now = Duration.ZERO;

        Film() {
            page.script("""
                    const begun = new Map();
                    let timers = [];
                    let now = 0;
                    window.setTimeout = (task, after = 0) => timers.push({ task, due: now + after }) && task;
                    window.clearTimeout = (timer) => (timers = timers.filter(({ task }) => task !== timer));
                    window.goTo = (time) => {
                        now = time;
                        const due = timers.filter((timer) => timer.due <= now);
                        timers = timers.filter((timer) => timer.due > now);
                        due.forEach(({ task }) => task());
                        document.getAnimations().forEach((each) => {
                            begun.set(each, begun.get(each) ?? now);
                            each.pause();
                            each.currentTime = now - begun.get(each);
                        });
                    };
                    """);
        }

        void take(Duration length) {
            for (Duration end = now.plus(length); now.compareTo(end) < 0; now = now.plus(STEP)) {
                page.script("goTo(arguments[0])", now.toMillis());
                picture.add(page.picture("#band"), now);
            }
        }
    }
}
