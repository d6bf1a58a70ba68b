package dev.diptych.core.violations.eventstore;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diptych.core.orders.events.OrderItem;
import java.lang.reflect.Method;
import java.net.Socket;
import java.nio.file.Path;
import java.util.logging.Logger;

/** Planted: a generic package that depends on a context, a framework, I/O and reflection. */
final class PortWithForbiddenDependencies {
    OrderItem item;
    ObjectMapper mapper;
    Logger log;
    Path file;
    Socket socket;
    Method method;
}
