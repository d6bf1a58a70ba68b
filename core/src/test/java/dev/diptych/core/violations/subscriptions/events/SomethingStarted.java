package dev.diptych.core.violations.subscriptions.events;

/** An event of another context, for others to know. */
public record SomethingStarted(String id) {}
