package dev.daveloper.http.failures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.domain.failures.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorCatalogueTest {
    /** What no fault of ours is though its status says so, because the client wanted what cannot be. */
    private static final Set<String> ASKED_FOR = Set.of("version_not_supported", "not_kept", "query_timeout");

    private static final Path PAGE = Path.of("..", "docs", "reference", "errors.md");

    /** Run with {@code -Ddaveloper.update-docs} to write the page anew. */
    @Test
    void the_reference_page_says_what_the_table_says() throws IOException {
        if (System.getProperty("daveloper.update-docs") != null) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, ErrorReference.markdown());
        }
        assertThat(Files.readString(PAGE)).isEqualTo(ErrorReference.markdown());
    }

    @ParameterizedTest
    @EnumSource(FailureCode.class)
    void every_failure_has_a_status_and_an_explanation(FailureCode code) {
        ProblemType type = ProblemType.of(code);
        assertThat(type.code()).isEqualTo(code.wireName());
        assertThat(type.status()).isBetween(400, 599);
        assertThat(type.meaning()).isNotBlank();
        assertThat(type.uri())
                .isEqualTo(
                        code == FailureCode.QUOTA_EXCEEDED
                                ? "https://iana.org/assignments/http-problem-types#quota-exceeded"
                                : "/errors/" + code.wireName());
    }

    static Stream<ProblemType> kinds() {
        return FailureTable.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void every_kind_has_all_columns(ProblemType kind) {
        Handling handling = kind.handling();
        assertThat(kind.code()).matches("[a-z]+(_[a-z]+)*");
        assertThat(kind.title()).isNotBlank().doesNotEndWith(".");
        assertThat(kind.meaning()).endsWith(".").doesNotContain("\n", "|");
        assertThat(handling.closeCode().orElse(1001)).isBetween(1001, 4999);
        assertThat(handling.level() == Handling.LogLevel.ERROR).isEqualTo(kind.status() == 500);
        assertThat(handling.outcome() == Handling.Outcome.UPSTREAM || handling.outcome() == Handling.Outcome.GATEWAY)
                .isEqualTo(kind.status() >= 500
                        && !ASKED_FOR.contains(kind.code())
                        && handling.outcome() != Handling.Outcome.LIMIT);
        assertThat(FailureTable.find(kind.code())).contains(kind);
    }

    @Test
    void the_table_holds_every_code_once() {
        assertThat(kinds().map(ProblemType::code).distinct())
                .hasSize(FailureCode.values().length + TransportFailure.values().length);
        assertThat(FailureTable.find("from_the_future")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(TransportFailure.class)
    void a_status_the_server_chose_gets_its_own_problem(TransportFailure failure) {
        if (!TransportFailure.OF_BODIES.contains(failure)) {
            assertThat(TransportFailure.ofStatus(failure.type().status())).isEqualTo(failure.type());
        }
        assertThat(TransportFailure.ofStatus(418).code()).isEqualTo("bad_request");
        assertThat(TransportFailure.ofStatus(501).code()).isEqualTo("internal");
    }
}
