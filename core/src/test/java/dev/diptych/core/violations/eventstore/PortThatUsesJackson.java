package dev.diptych.core.violations.eventstore;

import com.fasterxml.jackson.databind.ObjectMapper;

/** Planted: a JSON library outside its package. */
final class PortThatUsesJackson {
    ObjectMapper mapper;
}
