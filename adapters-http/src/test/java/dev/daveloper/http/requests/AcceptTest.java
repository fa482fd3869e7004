package dev.daveloper.http.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.http.failures.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/*                                             | application/json",
                "application/*                                   | application/json",
                "text/*                                          | text/event-stream",
                "text/event-stream                               | text/event-stream",
                "TEXT/Event-Stream                               | text/event-stream",
                "text/event-stream, */*                          | text/event-stream",
                "application/json, text/event-stream             | application/json",
                "text/event-stream, application/json             | text/event-stream",
                "application/json;q=0.5, text/event-stream;q=0.9 | text/event-stream",
                "text/event-stream;q=0.1, */*;q=0.2              | application/json",
                "text/event-stream;q=0, */*                      | application/json",
                "text/html, application/xhtml+xml, */*;q=0.8     | application/json",
                ", ;, application/json                           | application/json",
            })
    void the_form_is_the_one_the_client_likes_best(String accept, String chosen) {
        assertThat(Accept.choose(accept, Accept.JSON, Accept.EVENT_STREAM)).isEqualTo(chosen);
    }

    @Test
    void no_header_takes_what_is_offered_first() {
        assertThat(Accept.choose(null, Accept.JSON, Accept.EVENT_STREAM)).isEqualTo(Accept.JSON);
        assertThat(Accept.choose(" ", Accept.HTML)).isEqualTo(Accept.HTML);
    }

    @Test
    void what_cannot_be_given_is_refused() {
        assertThatThrownBy(() -> Accept.choose("image/png", Accept.JSON)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> Accept.choose("application/json;q=0", Accept.JSON))
                .isInstanceOf(Refusal.class);
    }
}
