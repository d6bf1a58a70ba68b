/**
 * The contract tests of every store. They are published as a test-jar, so that your own store can extend them. They use
 * core's generic packages and a small domain of their own, and no bounded context.
 */
package dev.diptych.core.contract;
