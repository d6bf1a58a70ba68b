package dev.diptych.core.violations.command;

import java.net.Socket;

/** Planted: I/O in core. */
final class BusThatUsesASocket {
    Socket socket;
}
