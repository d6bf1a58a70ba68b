package dev.diptych.store.postgres.faults;

/**
 * Finds the ends of transactions in what a PostgreSQL server sends: the messages ReadyForQuery with the status idle.
 * Source: PostgreSQL manual, "Message Formats". Used by one thread, for one connection.
 */
final class TransactionEnds implements Relay.Passed {

    private static final int HEADER = 5; // the type, and the length of what follows the type

    private final Runnable found;
    private boolean begun;
    private int read;
    private int type;
    private int length;

    TransactionEnds(Runnable found) {
        this.found = found;
    }

    @Override
    public void bytes(byte[] buffer, int count) {
        for (int i = 0; i < count; i++) {
            if (begun || buffer[i] != 'N') { // the answer to a request for encryption, which has no length
                begun = true;
                next(buffer[i]);
            }
        }
    }

    private void next(byte each) {
        if (read == 0) {
            type = each;
            length = 0;
        } else if (read < HEADER) {
            length = (length << 8) | (each & 0xFF);
        } else if (type == 'Z' && each == 'I') {
            found.run();
        }
        boolean within = read < HEADER - 1 || read < length;
        read = within ? read + 1 : 0;
    }
}
