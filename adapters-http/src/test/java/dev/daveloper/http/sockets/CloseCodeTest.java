package dev.daveloper.http.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.http.failures.ProblemType;
import org.junit.jupiter.api.Test;

class CloseCodeTest {
    @Test
    void a_socket_ends_with_the_code_that_the_table_of_failures_names() {
        assertThat(CloseCode.NO_SESSION.code()).isEqualTo(closingOf(FailureCode.SESSION_REQUIRED));
        assertThat(CloseCode.GOING_AWAY.code()).isEqualTo(closingOf(FailureCode.SHUTTING_DOWN));
    }

    private static int closingOf(FailureCode code) {
        return ProblemType.of(code).handling().closeCode().orElseThrow();
    }
}
