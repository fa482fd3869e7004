package dev.daveloper.http.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.http.FuzzContract;
import dev.daveloper.http.failures.Refusal;
import dev.daveloper.http.requests.JsonCodec;
import dev.daveloper.http.requests.RequestBinder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** JSON as bodies and WebSocket messages bring it: read, written again, and bound to what may be asked for. */
class BodyFuzzTest extends FuzzContract {
    private static final int MAX_CHARS = 65_536;
    private static final List<Class<?>> ASKED = List.of(
            SendMessage.class,
            SocketMessages.Envelope.class,
            SocketMessages.Hello.class,
            SocketMessages.Follow.class,
            SocketMessages.Cancel.class);

    /** 1E0 comes back as 1. */
    private static final Comparator<JsonNode> BY_VALUE = (one, other) -> one.isNumber() && other.isNumber()
            ? one.decimalValue().compareTo(other.decimalValue())
            : one.equals(other) ? 0 : 1;

    private final JsonCodec json = new JsonCodec(MAX_CHARS);
    private final RequestBinder binder = new RequestBinder();

    @Override
    protected void take(byte[] input) {
        ObjectNode read;
        try {
            read = json.readObject(input);
        } catch (Refusal e) {
            assertThat(e.detail()).isNotBlank();
            return;
        }
        assertThat(json.readObject(json.bytes(read)).equals(BY_VALUE, read)).isTrue();
        assertThat(json.readObject(json.text(read)).equals(BY_VALUE, read)).isTrue();
        assertThat(json.tree(json.map(read)).size()).isEqualTo(read.size());
        assertThat(json.value(json.text(read))).isInstanceOf(Map.class);
        ASKED.forEach(type -> bind(read, type));
    }

    private void bind(ObjectNode read, Class<?> type) {
        try {
            Object bound = binder.bind(read, type);
            if (bound instanceof SendMessage message) {
                assertThat(message.toRequest().message()).isEqualTo(message.message());
            }
        } catch (InvalidRequest e) {
            assertThat(e.violations()).isNotEmpty();
            // What is quoted of a client's text is fit to be sent.
            assertThat(e.violations())
                    .allSatisfy(violation -> assertThat(StandardCharsets.UTF_8
                                    .newEncoder()
                                    .canEncode(violation.detail() + violation.pointer()))
                            .isTrue());
        }
    }
}
