package dev.diptych.core.violations.subscriptions.events;

/** An event of another context, on which views may depend. */
public record SomethingStarted(String id) {}
