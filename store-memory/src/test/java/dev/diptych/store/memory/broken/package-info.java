/**
 * Tests of the contract tests: stores that violate one obligation each, and the contract tests that must catch them. A
 * contract that lets a broken store pass is itself broken.
 */
package dev.diptych.store.memory.broken;
