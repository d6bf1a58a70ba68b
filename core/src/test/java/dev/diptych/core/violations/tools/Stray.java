package dev.diptych.core.violations.tools;

/** Planted: a package that is neither generic nor part of a context. */
final class Stray {}
