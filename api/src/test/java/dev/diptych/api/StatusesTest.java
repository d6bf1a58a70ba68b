package dev.diptych.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diptych.core.orders.read.OrderStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every list of the statuses of an order besides {@link OrderStatus} is complete. */
class StatusesTest {

    private static final Path RESOURCES = Path.of("src/main/resources/dev/diptych/api");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            openapi/openapi.yaml | OrderStatus:\\s+type: string\\s+enum: \\[(.*?)\\]
            openapi/openapi.yaml | field: status, message: 'must be one of \\[(.*?)\\]
            page/client/orders.js | const STATES = \\[(.*?)\\]
            """)
    void every_list_of_statuses_is_complete(String file, String list) throws IOException {
        assertThat(statuses(list, Files.readString(RESOURCES.resolve(file))))
                .as("the statuses in " + file)
                .isEqualTo(Arrays.stream(OrderStatus.values())
                        .map(status -> status.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    private static List<String> statuses(String list, String text) {
        Matcher found = Pattern.compile(list).matcher(text);
        assertThat(found.find()).as("a list that matches " + list).isTrue();
        return Arrays.stream(found.group(1).replace("\"", "").split(",\\s*")).toList();
    }
}
