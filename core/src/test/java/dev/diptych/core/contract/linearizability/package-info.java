/**
 * Decides whether what concurrent callers of a store saw can be explained by one sequential order of their calls. A
 * <em>record</em> here is what the literature calls a history, which in this project is a period of a store.
 */
package dev.diptych.core.contract.linearizability;
