/**
 * The contract, tested: stores that break one promise each, and the contract tests that have to notice. A contract that
 * lets a broken store pass is itself broken.
 */
package dev.diptych.store.memory.broken;
