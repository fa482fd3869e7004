package dev.daveloper.http.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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

    private final JsonCodec json = new JsonCodec(100_000);
    private final RequestBinder binder = new RequestBinder();

    private List<String> wrongIn(String text) {
        InvalidRequest refused =
                catchThrowableOfType(InvalidRequest.class, () -> binder.bind(json.readObject(text), Order.class));
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
}
