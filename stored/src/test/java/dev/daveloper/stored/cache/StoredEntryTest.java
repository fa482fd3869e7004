package dev.daveloper.stored.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.domain.Ids;
import dev.daveloper.domain.cache.CacheKey;
import dev.daveloper.domain.cache.Content;
import dev.daveloper.domain.cache.Entry;
import dev.daveloper.domain.cache.Freshness;
import dev.daveloper.domain.cache.Tag;
import dev.daveloper.domain.sessions.SessionId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredEntryTest {
    private static final int CODEC_AT = 1;
    private static final int RAW_LENGTH_AT = 2;
    private static final List<String> VERSIONS = List.of("0", "9f", "00000000deadbeef");

    private final Random random = new Random(11);
    private final SessionId owner = SessionId.next(new Ids(InstantSource.system(), random));

    private StoredEntry entry(byte[] content) {
        return new StoredEntry(
                CacheKey.of(owner, "tools", "näme \ud800 half"),
                new Entry(
                        Content.of("application/json", content),
                        Set.of(Tag.TOOLS, Tag.of(owner)),
                        new Freshness(Duration.ofNanos(7), Duration.ofSeconds(1), Freshness.MAX),
                        Instant.parse("2026-01-02T03:04:05.678901234Z"),
                        Duration.ofMillis(3)),
                VERSIONS);
    }

    /** As what tools answer looks: the same names again and again, and other values. */
    private byte[] json(int bytes) {
        StringBuilder text = new StringBuilder("[");
        while (text.length() < bytes) {
            text.append("{\"id\":\"doc_%016x\",\"score\":%.4f,\"title\":\"Section %d\",\"lines\":[%d,%d]},"
                    .formatted(random.nextLong(), random.nextDouble(), random.nextInt(99), random.nextInt(999), 7));
        }
        return text.substring(0, bytes).getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] withChecksum(byte[] form) {
        CRC32C checksum = new CRC32C();
        checksum.update(form, 0, form.length - Integer.BYTES);
        ByteBuffer.wrap(form).putInt(form.length - Integer.BYTES, (int) checksum.getValue());
        return form;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 800, 1_100, 15_000, 17_000, Content.MAX_BYTES})
    void what_is_written_is_read_as_it_was(int bytes) {
        for (byte[] content : List.of(json(bytes), noise(bytes))) {
            StoredEntry written = entry(content);
            StoredEntry read = StoredEntry.read(written.form().bytes()).orElseThrow();
            assertThat(read).isEqualTo(written);
            assertThat(read.entry().content().digest())
                    .isEqualTo(written.entry().content().digest());
        }
    }

    @Test
    void the_codec_goes_by_the_length_and_is_none_where_it_spares_little() {
        assertThat(entry(json(500)).form().bytes()).startsWith(StoredEntry.VERSION, Codec.RAW.number());
        assertThat(entry(json(4_000)).form().bytes()).startsWith(StoredEntry.VERSION, Codec.LZ4.number());
        assertThat(entry(json(40_000)).form().bytes()).startsWith(StoredEntry.VERSION, Codec.ZSTD.number());
        assertThat(entry(noise(4_000)).form().bytes()).startsWith(StoredEntry.VERSION, Codec.RAW.number());
        assertThat(entry(noise(40_000)).form().bytes()).startsWith(StoredEntry.VERSION, Codec.RAW.number());
    }

    @Test
    void it_says_how_much_shorter_it_is() {
        StoredEntry.Form form = entry(json(40_000)).form();
        assertThat(form.sparedBytes()).isGreaterThan(20_000);
        assertThat(form.bytes().length + form.sparedBytes()).isBetween(40_000, 41_000);
        assertThat(entry(noise(40_000)).form().sparedBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 4_000, 40_000})
    void altered_in_any_place_it_is_no_entry(int bytes) {
        byte[] form = entry(json(bytes)).form().bytes();
        for (int at = 0; at < form.length; at += 1 + form.length / 2_000) {
            byte[] altered = form.clone();
            altered[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            assertThat(StoredEntry.read(altered)).as("byte %d", at).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 4_000, 40_000})
    void cut_or_longer_it_is_no_entry(int bytes) {
        byte[] form = entry(json(bytes)).form().bytes();
        for (int length = 0; length < form.length + 20; length += 1 + form.length / 500) {
            if (length != form.length) {
                assertThat(StoredEntry.read(Arrays.copyOf(form, length)))
                        .as("%d of %d bytes", length, form.length)
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 4_000, 40_000})
    void altered_with_a_right_checksum_it_is_no_other_content(int bytes) {
        StoredEntry written = entry(json(bytes));
        byte[] form = written.form().bytes();
        for (int round = 0; round < 2_000; round++) {
            byte[] altered = form.clone();
            altered[random.nextInt(form.length - Integer.BYTES)] = (byte) random.nextInt();
            StoredEntry.read(withChecksum(altered))
                    .ifPresent(read -> assertThat(read.entry().content().bytes())
                            .isEqualTo(written.entry().content().bytes()));
        }
    }

    @Test
    void what_a_later_version_wrote_is_no_entry() {
        byte[] form = entry(json(10)).form().bytes();
        form[0]++;
        assertThat(StoredEntry.read(withChecksum(form))).isEmpty();
        byte[] other = entry(json(10)).form().bytes();
        for (int codec : List.of(-1, Codec.values().length, 100)) {
            other[CODEC_AT] = (byte) codec;
            assertThat(StoredEntry.read(withChecksum(other))).isEmpty();
        }
    }

    @Test
    void one_that_claims_to_be_longer_than_any_may_be_takes_no_memory_for_it() {
        byte[] form = entry(json(40_000)).form().bytes();
        for (int length : List.of(StoredEntry.MAX_RAW_BYTES + 1, Integer.MAX_VALUE, -1, 0, 39_000)) {
            ByteBuffer.wrap(form).putInt(RAW_LENGTH_AT, length);
            assertThat(StoredEntry.read(withChecksum(form))).as("%d", length).isEmpty();
        }
    }
}
