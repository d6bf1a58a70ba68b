package dev.diptych.core.violations.bus;

import java.net.Socket;

/** Planted: I/O in core. */
final class BusThatUsesASocket {
    Socket socket;
}
