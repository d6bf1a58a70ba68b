package dev.diptych.api.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.diptych.core.contract.Waiting;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.imageio.ImageIO;
import org.awaitility.core.ThrowingRunnable;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium, which must be installed: without it, the tests fail. */
final class Browser implements AutoCloseable {

    private static final Duration TIMEOUT = Waiting.PATIENCE;

    /** Would warn about a newer version of the DevTools protocol, which these tests do not use. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts a browser with a new profile. */
    static Browser start() {
        SELENIUM.setLevel(Level.SEVERE);
        var logs = new LoggingPreferences();
        logs.enable("browser", Level.ALL);
        var options = new ChromeOptions();
        options.setBinary(program("chromium", "/usr/bin/chromium"));
        options.setCapability("goog:loggingPrefs", logs);
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--hide-scrollbars",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1440,1000");
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of(program("chromedriver", "/usr/bin/chromedriver"))
                        .toFile())
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    /** {@code -Dtest.chromium=...} and {@code -Dtest.chromedriver=...} override the usual path. */
    private static String program(String name, String usual) {
        String path = System.getProperty("test." + name, usual);
        assertThat(Path.of(path))
                .as("These tests need a real browser: on Debian, apt-get install chromium chromium-driver")
                .isExecutable();
        return path;
    }

    /** Opens the page, and waits until it is ready. */
    void open(String url) {
        driver.get(url);
        await("the page is ready").atMost(TIMEOUT).until(() -> has("html[data-ready]"));
    }

    /** Opens the page in a new window, and switches to it. */
    String openAnother(String url) {
        driver.switchTo().newWindow(org.openqa.selenium.WindowType.WINDOW);
        open(url);
        return driver.getWindowHandle();
    }

    String window() {
        return driver.getWindowHandle();
    }

    /** Closes the current window, and switches to another. */
    void closeWindow(String next) {
        driver.close();
        driver.switchTo().window(next);
    }

    void switchTo(String window) {
        driver.switchTo().window(window);
    }

    /** Sets the size of the viewport, and media features as for {@link #setMedia}. */
    void setViewport(int width, int height, String... preferences) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        setMedia(preferences);
    }

    /** Sets media features, such as {@code prefers-color-scheme}, given as names and values in turn. */
    void setMedia(String... preferences) {
        List<Map<String, String>> features = new java.util.ArrayList<>();
        for (int i = 0; i < preferences.length; i += 2) {
            features.add(Map.of("name", preferences[i], "value", preferences[i + 1]));
        }
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", features));
    }

    /** Clicks an element; waits until it exists, even if the page is rendered again meanwhile. */
    void click(String selector) {
        retrying(() -> driver.findElement(By.cssSelector(selector)).click());
    }

    void choose(String select, String value) {
        retrying(() -> driver.findElement(By.cssSelector(select + " option[value='" + value + "']"))
                .click());
    }

    void type(String selector, String text) {
        retrying(() -> {
            WebElement field = driver.findElement(By.cssSelector(selector));
            field.clear();
            field.sendKeys(text);
        });
    }

    /** Sends keys to the focused element. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Returns the label or the text of the focused element. */
    String focused() {
        return String.valueOf(script("const e = document.activeElement;"
                + " return e.getAttribute('aria-label') || e.id || e.textContent.trim()"));
    }

    boolean has(String selector) {
        return !driver.findElements(By.cssSelector(selector)).isEmpty();
    }

    int count(String selector) {
        return driver.findElements(By.cssSelector(selector)).size();
    }

    void awaitThat(String selector) {
        await(selector).atMost(TIMEOUT).until(() -> has(selector));
    }

    void awaitGone(String selector) {
        await("no " + selector).atMost(TIMEOUT).until(() -> !has(selector));
    }

    void awaitText(String selector, String text) {
        retrying(() -> assertThat(text(selector)).contains(text));
    }

    String text(String selector) {
        return driver.findElement(By.cssSelector(selector)).getText();
    }

    String attribute(String selector, String name) {
        return String.valueOf(driver.findElement(By.cssSelector(selector)).getDomAttribute(name));
    }

    Object script(String body, Object... arguments) {
        return Objects.requireNonNullElse(driver.executeScript(body, arguments), "");
    }

    /** Fails all requests to matching addresses, until there are none. */
    void block(String... patterns) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of(patterns)));
    }

    /** Returns the address, with what is behind its #. */
    String url() {
        return driver.getCurrentUrl();
    }

    /** Whether a whole element is within the window, and no panel has scrolled it out of sight. */
    boolean shows(String selector) {
        return Boolean.TRUE.equals(driver.executeScript("""
                const element = document.querySelector(arguments[0]);
                const box = element?.getBoundingClientRect();
                const panel = element?.closest('.panel')?.getBoundingClientRect();
                return Boolean(box) && box.height > 0 && box.top >= Math.max(0, panel?.top ?? 0)
                    && box.bottom <= Math.min(innerHeight, panel?.bottom ?? innerHeight);
                """, selector));
    }

    /** Waits until a part of an element is in sight, and nothing else, such as a card, is drawn over its middle. */
    void awaitNotCovered(String selector) {
        await(selector + " is not covered")
                .atMost(TIMEOUT)
                .until(() -> Boolean.TRUE.equals(driver.executeScript("""
                const element = document.querySelector(arguments[0]);
                const box = element?.getBoundingClientRect();
                const panel = element?.closest('.panel')?.getBoundingClientRect();
                const top = Math.max(0, box?.top ?? 0, panel?.top ?? 0);
                const bottom = Math.min(innerHeight, box?.bottom ?? 0, panel?.bottom ?? innerHeight);
                const left = box && box.left + Math.min(12, box.width / 2);
                return bottom - top > 4
                    && element.contains(document.elementFromPoint(left, (top + bottom) / 2));
                """, selector)));
    }

    void awaitShown(String selector) {
        await(selector + " is in sight").atMost(TIMEOUT).until(() -> shows(selector));
    }

    /** Returns the errors of the page and of its security policy; without failed requests. */
    List<String> errors() {
        return driver.manage().logs().get("browser").getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(entry -> entry.getMessage())
                .filter(message -> !message.contains("Failed to load resource"))
                .toList();
    }

    /** Returns the violations that axe-core finds, and the number of rules that passed. */
    Axe axe() {
        driver.executeScript(axeScript());
        Object found = driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run(document, { resultTypes: ['violations'] }).then(
                    (result) => done({
                        passes: result.passes.length,
                        violations: result.violations
                            .flatMap((each) => each.nodes.map(
                                (node) => each.id + ': ' + node.html + ' ' + node.failureSummary)),
                    }),
                    (error) => done({ passes: 0, violations: [String(error)] }));
                """);
        Map<?, ?> result = (Map<?, ?>) Objects.requireNonNull(found);
        return new Axe(
                ((Number) Objects.requireNonNull(result.get("passes"))).intValue(),
                ((List<?>) Objects.requireNonNull(result.get("violations")))
                        .stream().map(String::valueOf).toList());
    }

    record Axe(int passes, List<String> violations) {}

    private static String axeScript() {
        try (InputStream in =
                Browser.class.getResourceAsStream("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
            return new String(Objects.requireNonNull(in, "axe-core").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Saves a screenshot in {@code target/screenshots}. */
    void screenshot(String name) {
        try {
            Path folder = Files.createDirectories(Path.of("target", "screenshots"));
            Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a picture of an element. */
    BufferedImage picture(String selector) {
        byte[] png = driver.findElement(By.cssSelector(selector)).getScreenshotAs(OutputType.BYTES);
        try {
            return ImageIO.read(new ByteArrayInputStream(png));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void retrying(ThrowingRunnable action) {
        await().atMost(TIMEOUT)
                .ignoreExceptionsInstanceOf(WebDriverException.class)
                .untilAsserted(action);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
