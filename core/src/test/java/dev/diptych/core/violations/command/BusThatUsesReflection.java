package dev.diptych.core.violations.command;

import java.lang.reflect.Method;

/** Planted: handlers that are found by reflection. */
final class BusThatUsesReflection {
    Method[] handlers(Object object) {
        return object.getClass().getMethods();
    }
}
