/**
 * What every store must do, as tests. Published as a test-jar: a store of your own extends the contracts, and is held to
 * the same promises. They use core's generic packages and a small domain of their own, and no bounded context.
 */
package dev.diptych.core.contract;
