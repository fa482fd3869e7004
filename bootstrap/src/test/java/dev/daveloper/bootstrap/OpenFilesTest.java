package dev.daveloper.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.http.HttpConfig;
import org.junit.jupiter.api.Test;

class OpenFilesTest {
    private static final HttpConfig USUAL = HttpConfig.on("127.0.0.1", 0);

    private static int connections(long open, long most) {
        return OpenFiles.bounding(USUAL, open, most).limits().maxConnections();
    }

    @Test
    void with_few_files_an_eighth_is_kept_beside_what_is_open() {
        assertThat(connections(200, 1_024)).isEqualTo(696);
        assertThat(connections(250, 256)).isEqualTo(1);
    }

    @Test
    void with_many_files_there_are_as_many_connections_as_are_configured() {
        assertThat(OpenFiles.bounding(USUAL, 200, 1 << 20)).isSameAs(USUAL);
        assertThat(OpenFiles.bounding(USUAL, 200, Long.MAX_VALUE)).isSameAs(USUAL);
    }
}
