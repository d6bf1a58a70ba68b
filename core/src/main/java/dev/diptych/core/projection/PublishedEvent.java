package dev.diptych.core.projection;

/**
 * An event as a projection receives it.
 *
 * @param <E> the type of the event
 * @param event the decoded event
 * @param version its number in its stream
 * @param position its position in the order of all events
 * @param metadata data about the event, such as its cause: the text of a JSON object
 */
public record PublishedEvent<E>(E event, long version, long position, String metadata) {

    /** An event without metadata. */
    public PublishedEvent(E event, long version, long position) {
        this(event, version, position, "{}");
    }
}
