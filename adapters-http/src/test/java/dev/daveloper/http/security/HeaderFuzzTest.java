package dev.daveloper.http.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.sessions.SessionToken;
import dev.daveloper.domain.tracing.TraceContext;
import dev.daveloper.http.FuzzContract;
import dev.daveloper.http.failures.Refusal;
import dev.daveloper.http.requests.Accept;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Headers as they come, a name and a value on each line: what is read of them, and what that is written as again. */
class HeaderFuzzTest extends FuzzContract {
    private static final String[] OFFERED = {Accept.JSON, Accept.EVENT_STREAM, Accept.HTML};
    private static final TrustedProxies PROXIES = TrustedProxies.of(List.of("127.0.0.0/8", "10.0.0.0/8", "fd00::/8"));
    private static final InetAddress PEER = InetAddress.getLoopbackAddress();

    @Override
    protected void take(byte[] input) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : new String(input, StandardCharsets.ISO_8859_1).split("\r?\n", -1)) {
            int colon = Math.max(line.indexOf(':'), 0);
            String value = line.substring(Math.min(colon + 1, line.length())).strip();
            headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                    .add(value);
            read(value);
        }
        forwarding(name -> headers.getOrDefault(name, List.of()));
        trace(
                String.join(",", headers.getOrDefault(TraceContext.TRACEPARENT, List.of())),
                String.join(",", headers.getOrDefault(TraceContext.TRACESTATE, List.of())));
    }

    /** Whatever its name is: as a cursor, a token, a list of types, an address. */
    private static void read(String value) {
        try {
            Cursor cursor = Cursor.parse(value);
            assertThat(cursor.toString()).isEqualTo(value);
            assertThat(Cursor.parse(cursor.toString())).isEqualTo(cursor);
        } catch (InvalidValue e) {
            assertThat(e.getMessage()).contains("cursor");
        }
        try {
            assertThat(Accept.choose(value, OFFERED)).isIn((Object[]) OFFERED);
        } catch (Refusal e) {
            assertThat(e.detail()).contains(Accept.JSON);
        }
        token(value);
        trace(value, value);
        IpLiterals.parse(value).ifPresent(address -> {
            Optional<InetAddress> again = IpLiterals.parse(address.getHostAddress());
            assertThat(again).contains(address);
        });
    }

    private static void token(String value) {
        try {
            assertThat(new SessionToken(value).value()).isEqualTo(value);
        } catch (InvalidValue e) {
            // A secret is shown to nobody, not even a wrong one.
            assertThat(value.length() < 8 || !String.valueOf(e.getMessage()).contains(value))
                    .isTrue();
        }
    }

    private static void trace(String parent, String state) {
        TraceContext.parse(parent, state).ifPresent(read -> {
            assertThat(TraceContext.parse(read.traceparent(), read.state())).contains(read);
            assertThat(read.state()).isIn("", state);
        });
    }

    private static void forwarding(Function<String, List<String>> headers) {
        boolean claimed = Forwarding.isClaimed(headers);
        Optional<Forwarding> told = Forwarding.read(headers, PROXIES, PEER, "gateway.example");
        if (!claimed) {
            assertThat(told).contains(new Forwarding(PEER, null, null));
        }
        told.ifPresent(read -> {
            assertThat(read.scheme()).isIn(null, "http", "https");
            String host = read.host();
            assertThat(host == null || host.equals(host.toLowerCase(Locale.ROOT)))
                    .isTrue();
            assertThat(host == null || host.matches("[a-z0-9._:\\[\\]-]{1,300}"))
                    .as(host)
                    .isTrue();
        });
    }
}
