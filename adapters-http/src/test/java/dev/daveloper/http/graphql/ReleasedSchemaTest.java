package dev.daveloper.http.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleasedSchemaTest {
    private static final ReleasedSchema SMALL = new ReleasedSchema("""
            type Query { thing(id: ID!, kind: Kind): Thing! any: Any keys: [ID!] @admin list(only: Only): [Thing!]! }
            type Mutation { add(only: Only): Thing }
            type Thing implements Named { id: ID! name: String! size: Int }
            type Other { id: ID! }
            interface Named { name: String! }
            union Any = Thing | Other
            enum Kind { SMALL LARGE }
            input Only { kind: Kind, name: String! }
            directive @admin on FIELD_DEFINITION
            directive @session on FIELD_DEFINITION
            """);

    @Test
    void nothing_in_the_schema_breaks_whoever_was_written_for_the_last_release() {
        assertThat(ReleasedSchema.last().breakagesIn(GraphSchema.text())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
            a field is gone               > name: String! size: Int     > name: String!
            a field may be null now       > name: String! size: Int     > name: String size: Int
            a field is of another type    > name: String! size: Int     > name: Int! size: Int
            a field has another name      > name: String! size: Int     > title: String! size: Int
            a list may be null now        > [Thing!]!                   > [Thing!]
            a field needs a session now   > size: Int }                 > size: Int @session }
            a field needs a key now       > any: Any                    > any: Any @admin
            a new argument is needed      > list(only: Only)            > list(only: Only, more: Int!)
            an argument is needed now     > list(only: Only)            > list(only: Only!)
            an argument is gone           > thing(id: ID!, kind: Kind)  > thing(id: ID!)
            an argument is of another type > kind: Kind)                > kind: String)
            a union has less              > = Thing | Other             > = Thing
            an enum has less              > SMALL LARGE                 > SMALL
            a new input is needed         > name: String! }             > name: String!, size: Int! }
            an input is of another type   > name: String! }             > name: Int! }
            an input is gone              > kind: Kind, name: String!   > name: String!
            a type implements less        > Thing implements Named      > Thing
            a mutation is gone            > add(only: Only): Thing      > put(only: Only): Thing
            """)
    void what_breaks_a_client_is_found(String change, String before, String after) {
        assertThat(SMALL.breakagesIn(changed(before, after))).as(change).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
            nothing                       > Thing                       > Thing
            a field more                  > size: Int }                 > size: Int weight: Int! }
            a field is never null now     > size: Int }                 > size: Int! }
            a field is to go              > size: Int }                 > size: Int @deprecated }
            a key is not needed any more  > keys: [ID!] @admin          > keys: [ID!]
            an argument more              > list(only: Only)            > list(only: Only, more: Int)
            an argument need not be there > thing(id: ID!, kind: Kind)  > thing(id: ID, kind: Kind)
            an input more                 > name: String! }             > name: String!, size: Int }
            a description                 > type Other                  > "Another." type Other
            a type more                   > enum Kind                   > type More { id: ID! } enum Kind
            """)
    void what_breaks_nobody_is_let_pass(String change, String before, String after) {
        assertThat(SMALL.breakagesIn(changed(before, after))).as(change).isEmpty();
    }

    private static String changed(String before, String after) {
        assertThat(SMALL.text()).contains(before);
        return SMALL.text().replace(before, after);
    }
}
