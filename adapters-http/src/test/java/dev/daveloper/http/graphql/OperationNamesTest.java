package dev.daveloper.http.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daveloper.domain.failures.InvalidValue;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OperationNamesTest {
    private final OperationNames names = new OperationNames(Set.of("Conversation", "_2"));

    private static Set<String> numbered(int many) {
        return IntStream.range(0, many).mapToObj(i -> "Op" + i).collect(Collectors.toSet());
    }

    @Test
    void only_names_that_are_listed_are_told() {
        assertThat(names.toldFor(Optional.of("Conversation"))).isEqualTo("Conversation");
        assertThat(names.toldFor(Optional.of("_2"))).isEqualTo("_2");
        assertThat(names.toldFor(Optional.of("conversation"))).isEqualTo("OTHER");
        assertThat(names.toldFor(Optional.empty())).isEqualTo("ANONYMOUS");
        assertThat(OperationNames.NONE.toldFor(Optional.of("Conversation"))).isEqualTo("OTHER");
    }

    @Test
    void no_more_are_told_apart_than_somebody_would_pay_for() {
        assertThat(new OperationNames(numbered(OperationNames.MAX)).known()).hasSize(OperationNames.MAX);
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> new OperationNames(numbered(OperationNames.MAX + 1)))
                .withMessageContaining("at most 50 names")
                .withMessageContaining("51");
    }

    @Test
    void what_no_operation_can_be_called_is_refused() {
        for (String name : new String[] {"", "2nd", "a b", "a-b", "Ä", "a".repeat(65)}) {
            assertThatExceptionOfType(InvalidValue.class)
                    .as(name)
                    .isThrownBy(() -> new OperationNames(Set.of(name)))
                    .withMessageContaining("a name of GraphQL");
        }
    }
}
