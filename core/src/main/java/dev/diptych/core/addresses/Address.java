package dev.diptych.core.addresses;

/** Where a customer lives. Its fields are not blank, and at most {@link #MAX_LENGTH} characters long. */
public record Address(String name, String street, String postalCode, String city, String country) {

    /** The maximum length of a field, in characters. */
    public static final int MAX_LENGTH = 200;
}
