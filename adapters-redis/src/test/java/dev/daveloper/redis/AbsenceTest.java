package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AbsenceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOADING Redis is loading the dataset in memory",
                "OOM command not allowed when used memory > 'maxmemory'.",
                "READONLY You can't write against a read only replica.",
                "MISCONF Redis is configured to save RDB snapshots",
                "NOREPLICAS Not enough good replicas to write.",
                "MASTERDOWN Link with MASTER is down",
                "CLUSTERDOWN The cluster is down",
                "TRYAGAIN Multiple keys request during rehashing of slot",
                "BUSY Redis is busy running a script.",
                "UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?)",
                "ERR WAIT cannot be used with replica instances.",
                "NOAUTH Authentication required.",
                "NOPERM this user has no permissions",
                "MOVED 3999 127.0.0.1:6381",
                "ERR max number of clients reached",
                "ERR Error running script: @user_script: 1: -READONLY You can't write against a read only replica."
            })
    void a_server_that_cannot_do_it_now_is_absent(String said) {
        assertThat(Absence.isOne(new RedisCommandExecutionException(said))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERR unknown command",
                "WRONGTYPE Operation against a key holding the wrong kind of value",
                "ERR Error running script: @user_script:7: attempt to compare nil with number",
                "CROSSSLOT Keys in request don't hash to the same slot"
            })
    void a_server_that_was_asked_for_something_wrong_is_there(String said) {
        assertThat(Absence.isOne(new RedisCommandExecutionException(said))).isFalse();
    }

    @Test
    void whatever_befalls_a_connection_is_absence_and_a_fault_of_ours_is_not() {
        assertThat(Absence.isOne(new RedisCommandTimeoutException())).isTrue();
        assertThat(Absence.isOne(new RedisConnectionException("refused"))).isTrue();
        assertThat(Absence.isOne(new RedisException("Connection is closed"))).isTrue();
        assertThat(Absence.isOne(new ClosedChannelException())).isTrue();
        assertThat(Absence.isOne(new IOException("Connection reset by peer"))).isTrue();
        assertThat(Absence.isOne(new CancellationException())).isTrue();
        assertThat(Absence.isOne(new IllegalArgumentException("Key must not be null")))
                .isFalse();
    }
}
