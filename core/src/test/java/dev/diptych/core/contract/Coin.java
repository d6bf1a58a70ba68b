package dev.diptych.core.contract;

import dev.diptych.core.eventstore.EventCodec;
import dev.diptych.core.eventstore.NewEvent;
import dev.diptych.core.eventstore.RecordedEvent;
import dev.diptych.core.eventstore.UnreadableEventException;
import java.util.Map;

/** The contract tests' own event: an amount was added to a purse, or removed from it when negative. */
public record Coin(String purse, int amount) {

    static final String TYPE = "coin";

    static NewEvent event(String purse, int amount) {
        return CODEC.encode(new Coin(purse, amount), Map.of());
    }

    /** Encodes and decodes coins only. */
    public static final EventCodec CODEC = new EventCodec() {
        @Override
        public NewEvent encode(Object event, Map<String, String> metadata) {
            Coin coin = (Coin) event;
            return new NewEvent(TYPE, 1, "\"" + coin.amount() + " " + coin.purse() + "\"", "{}");
        }

        @Override
        public Object decode(RecordedEvent event) {
            if (!event.type().equals(TYPE)) {
                throw new UnreadableEventException(event, "not a coin", null);
            }
            String text = event.payload().substring(1, event.payload().length() - 1);
            int space = text.indexOf(' ');
            return new Coin(text.substring(space + 1), Integer.parseInt(text.substring(0, space)));
        }
    };
}
