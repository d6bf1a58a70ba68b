package dev.diptych.api.page;

import org.openqa.selenium.Keys;

/** A visitor who takes the tour: does what a step says, by means of what it points at. */
record Tour(Browser page) {

    static final int STEPS = 12;

    private static final String PLACE = "#place-form button[type=submit]";
    private static final String LIST = "[data-projection='order-list'] ";

    /** Opens a step by its link, in a page that has not been open. */
    void open(String url, int step) {
        page.script("location.href = 'about:blank'");
        page.awaitGone("#tour");
        page.open(url + "#tour=" + step);
        awaitStep(step);
    }

    void awaitStep(int step) {
        page.awaitThat(step(step));
    }

    static String step(int step) {
        return "#tour[data-step='" + step + "']";
    }

    /** Waits until the step is prepared, does what it says, and waits until the tour has seen that. */
    void take(int step) {
        awaitStep(step);
        page.awaitThat("[data-pointed]");
        act(step);
        page.awaitThat(step(step) + "[data-done=true] .tour-seen:not([hidden])");
    }

    void next() {
        page.click("[data-tour=next]");
    }

    private void act(int step) {
        switch (step) {
            case 1 -> click(PLACE);
            case 2 -> click(LIST + "[data-verb=pause]");
            case 3 -> click("[data-focus=pay]");
            case 4 -> {
                page.awaitThat(".segments[data-pointed]");
                page.script("document.querySelector('input[name=strategy][value=subscription]').click()");
                click("[data-focus=ship]");
            }
            case 5 -> click(LIST + "[data-verb=resume]");
            case 6 -> click("#send-again");
            case 7 -> race();
            case 8 -> {
                click("#lose-answer");
                click("[data-focus=pay]");
                click("[data-focus=retry]");
            }
            case 9 -> {
                click("#hold-append");
                click(PLACE);
            }
            case 10 -> click(LIST + "[data-verb=rebuild]");
            case 11 -> {
                click("#crash-projection");
                click(PLACE);
            }
            case 12 -> {
                click("[data-focus=open]");
                page.awaitThat("#travel[data-pointed]");
                page.script("document.getElementById('travel').focus()");
                page.press(Keys.HOME);
            }
            default -> throw new AssertionError("no step " + step);
        }
    }

    /** Clicks what the step points at, once it does. */
    private void click(String selector) {
        page.click(selector + "[data-pointed]");
    }

    private void race() {
        race("A", "read");
        race("B", "read");
        race("B", "cancel");
        page.awaitThat("[data-client=B] .accepted");
        race("A", "pay");
        page.awaitText("[data-client=A] .rejected", "412");
        race("A", "read");
    }

    private void race(String client, String verb) {
        page.click("[data-pointed] [data-client=" + client + "] [data-verb=" + verb + "]:not(:disabled)");
    }
}
