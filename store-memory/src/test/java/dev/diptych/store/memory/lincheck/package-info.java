/** The memory store under Lincheck, which explores the interleavings of its code. */
package dev.diptych.store.memory.lincheck;
