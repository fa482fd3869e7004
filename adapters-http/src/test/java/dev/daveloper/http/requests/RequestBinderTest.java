package dev.daveloper.http.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.domain.failures.InvalidRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestBinderTest {
    record Item(
            @NotBlank(message = "name must not be missing.") @Nullable
            String name,

            @Nullable Integer count) {}

    record Order(
            @Nullable List<@Valid Item> items, @Nullable Boolean paid) {}

    record Said(
            @MessageText(max = 10) @Nullable String text,
            @NameText(max = 5) @Nullable String title,
            @CursorText @Nullable String cursor,
            @RunCursor @Nullable String after,

            @WellFormedId(prefix = "run_") @Nullable String runId,

            @Nullable ObjectNode free) {}

    private final JsonCodec json = new JsonCodec(100_000);
    private final RequestBinder binder = new RequestBinder();

    private List<String> wrongIn(String text) {
        return wrongIn(text, Order.class);
    }

    private List<String> wrongIn(String text, Class<?> type) {
        InvalidRequest refused =
                catchThrowableOfType(InvalidRequest.class, () -> binder.bind(json.readObject(text), type));
        return refused.violations().stream()
                .map(violation -> violation.pointer() + " " + violation.detail())
                .toList();
    }

    @Test
    void a_valid_object_becomes_the_record() {
        Order order = binder.bind(json.readObject("{\"items\":[{\"name\":\"a\",\"count\":2}]}"), Order.class);
        assertThat(order).isEqualTo(new Order(List.of(new Item("a", 2)), null));
    }

    @Test
    void places_inside_lists_are_named() {
        assertThat(wrongIn("{\"items\":[{\"name\":\"a\"},{\"count\":1}]}"))
                .containsExactly("#/items/1/name name must not be missing.");
        assertThat(wrongIn("{\"items\":[{\"name\":\"a\",\"count\":\"x\"}]}"))
                .containsExactly("#/items/0/count count must be a whole number.");
        assertThat(wrongIn("{\"items\":{},\"paid\":1}"))
                .containsExactlyInAnyOrder("#/items items must be a list.", "#/paid paid must be true or false.");
    }

    @Test
    void names_are_escaped_as_pointers_are() {
        assertThat(wrongIn("{\"a/b~c d\":1}")).containsExactly("#/a~1b~0c%20d There is no member 'a/b~c d' here.");
    }

    @Test
    void no_request_gets_more_than_a_bounded_number_of_complaints() {
        String members =
                IntStream.range(0, 500).mapToObj(i -> "\"m" + i + "\":1").collect(Collectors.joining(","));
        assertThat(wrongIn("{" + members + "}")).hasSize(20);
    }

    @Test
    void everything_wrong_in_a_list_is_named_item_by_item() {
        assertThat(wrongIn("{\"items\":[{\"name\":1},7,null,{\"name\":\"a\",\"x\":1},{\"count\":true}],\"paid\":\"\"}"))
                .containsExactlyInAnyOrder(
                        "#/items/0/name name must be a string.",
                        "#/items/1 The item must be an object.",
                        "#/items/2 The item must be given.",
                        "#/items/3/x There is no member 'x' here.",
                        "#/items/4/count count must be a whole number.",
                        "#/items/4/name name must not be missing.",
                        "#/paid paid must be true or false.");
    }

    @Test
    void numbers_are_taken_as_they_are_or_not_at_all() {
        for (String number : List.of("1.0", "1e2", "1e999999", "-1e-999999", "2147483648", "9".repeat(40), "\"1\"")) {
            assertThat(wrongIn("{\"items\":[{\"name\":\"a\",\"count\":" + number + "}]}"))
                    .containsExactly("#/items/0/count count must be a whole number.");
        }
        assertThat(binder.bind(json.readObject("{\"items\":[{\"name\":\"a\",\"count\":-0}]}"), Order.class)
                        .items())
                .containsExactly(new Item("a", 0));
    }

    @Test
    void half_a_surrogate_pair_is_refused_wherever_it_stands() {
        String halves = "{\"text\":\"a\\ud800\",\"title\":\"\\udc00\",\"free\":{\"a\":[{\"b\":\"\\udbffx\"}]}}";
        assertThat(wrongIn(halves, Said.class))
                .containsExactlyInAnyOrder(
                        "#/text text must be well-formed Unicode: it has half of a surrogate pair.",
                        "#/title title must be well-formed Unicode: it has half of a surrogate pair.",
                        "#/free/a/0/b The text must be well-formed Unicode: it has half of a surrogate pair.");
    }

    @Test
    void each_constraint_says_what_came_and_what_is_expected() {
        assertThat(wrongIn(
                        "{\"text\":\"12345678901\",\"title\":\"a\\u202eb\",\"cursor\":\"a b\",\"after\":\"1\","
                                + "\"runId\":\"x\"}",
                        Said.class))
                .containsExactlyInAnyOrder(
                        "#/text The text must have at most 10 characters, not 11.",
                        "#/title title must have at most 5 characters, no controls, no changes of direction.",
                        "#/cursor cursor must be a nextCursor that this list gave, not 'a b'.",
                        "#/after after must be two whole numbers joined by a hyphen, such as 1-42, not '1'.",
                        "#/runId runId must be run_ and 26 characters of 0-9 and a-z, not 'x'.");
        assertThat(wrongIn("{\"text\":\"a\\u0000\",\"title\":\"123456\"}", Said.class))
                .containsExactlyInAnyOrder(
                        "#/text The text must not contain the character NUL.",
                        "#/title title must have at most 5 characters, no controls, no changes of direction.");
        assertThat(wrongIn("{}", Said.class)).containsExactly("#/text The text must not be empty.");
    }

    @Test
    void what_a_client_wrote_is_quoted_shortened_and_never_read_as_a_template() {
        String sent = "{prefix} {name} ${1+1} \ud83d\ude00".repeat(9);
        String shown = wrongIn("{\"text\":\"a\",\"runId\":\"" + sent + "\"}", Said.class)
                .getFirst();

        assertThat(shown)
                .endsWith(" not '" + sent.substring(0, 60) + "…'.")
                .startsWith("#/runId runId must be run_ and 26");
        String split = "x".repeat(59) + "\ud83d\ude00";
        assertThat(wrongIn("{\"text\":\"a\",\"runId\":\"" + split + "\"}", Said.class)
                        .getFirst())
                .endsWith("x…'.");
    }

    @Test
    void members_that_every_object_has_elsewhere_are_unknown_here() {
        assertThat(wrongIn("{\"__proto__\":{},\"constructor\":1,\"class\":{},\"hashCode\":0,\"@type\":\"x\"}"))
                .hasSize(5)
                .allMatch(wrong -> wrong.contains("There is no member"));
    }
}
