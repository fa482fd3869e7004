package dev.daveloper.bootstrap.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TextFormat.ParseException;
import dev.daveloper.proto.agent.v1.AgentProto;
import dev.daveloper.proto.documents.v1.DocumentsProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleasedProtoTest {
    private static final String SMALL = """
            name: "small.proto" package: "p" syntax: "proto3"
            message_type { name: "Ask"
              field { name: "text" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL }
              field { name: "kind" number: 2 type: TYPE_ENUM type_name: ".p.Kind" label: LABEL_OPTIONAL }
              field { name: "parts" number: 3 type: TYPE_STRING label: LABEL_REPEATED }
              field { name: "a" number: 4 type: TYPE_INT32 label: LABEL_OPTIONAL oneof_index: 0 }
              oneof_decl { name: "choice" } }
            message_type { name: "Say" field { name: "text" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL } }
            enum_type { name: "Kind" value { name: "KIND_NONE" number: 0 } value { name: "KIND_ONE" number: 1 } }
            service { name: "Agent"
              method { name: "Chat" input_type: ".p.Ask" output_type: ".p.Say" server_streaming: true }
              method { name: "Stop" input_type: ".p.Ask" output_type: ".p.Say" } }
            """;

    @Test
    void nothing_in_the_contracts_breaks_whoever_was_written_for_the_last_release() {
        Released.assertKept("proto.txt", ProtoSurface.of(AgentProto.getDescriptor(), DocumentsProto.getDescriptor()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
            a field has another number   > name: "parts" number: 3      > name: "parts" number: 9
            a field has another name     > name: "parts"                > name: "pieces"
            a field has another type     > number: 3 type: TYPE_STRING  > number: 3 type: TYPE_BYTES
            a field is one of many now   > type: TYPE_STRING label: LABEL_REPEATED \
            > type: TYPE_STRING label: LABEL_OPTIONAL
            a field leaves its choice    > label: LABEL_OPTIONAL oneof_index: 0 }  oneof_decl { name: "choice" } \
            > label: LABEL_OPTIONAL }
            a field is gone              > field { name: "parts" number: 3 type: TYPE_STRING label: LABEL_REPEATED } \
            > ''
            a value is gone              > value { name: "KIND_ONE" number: 1 } > ''
            a value has another number   > name: "KIND_ONE" number: 1   > name: "KIND_ONE" number: 2
            a method is gone             > method { name: "Stop" input_type: ".p.Ask" output_type: ".p.Say" } > ''
            a method takes another       > "Stop" input_type: ".p.Ask"  > "Stop" input_type: ".p.Say"
            a method answers another     > output_type: ".p.Say" server > output_type: ".p.Ask" server
            a method streams no more     > server_streaming: true       > ''
            a method wants a stream      > server_streaming: true       > server_streaming: true client_streaming: true
            """)
    void what_breaks_a_peer_is_found(String change, String before, String after) {
        assertThat(small().breakagesIn(changed(before, after))).as(change).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
            nothing       > "Ask"  > "Ask"
            a message     > enum_type { name: "Kind"  > message_type { name: "New" } enum_type { name: "Kind"
            a field       > name: "Ask" \
            > name: "Ask" field { name: "new" number: 9 type: TYPE_BOOL label: LABEL_OPTIONAL }
            a value       > value { name: "KIND_ONE"  > value { name: "KIND_TWO" number: 2 } value { name: "KIND_ONE"
            a method      > method { name: "Stop"     \
            > method { name: "New" input_type: ".p.Ask" output_type: ".p.Say" } method { name: "Stop"
            """)
    void what_breaks_nobody_is_let_pass(String change, String before, String after) {
        assertThat(small().breakagesIn(changed(before, after))).as(change).isEmpty();
    }

    private static Surface small() {
        return changed("Ask", "Ask");
    }

    private static Surface changed(String before, String after) {
        String text = SMALL.replaceAll("\\s+", " ");
        String wanted = before.replaceAll("\\s+", " ");
        assertThat(text).contains(wanted);
        try {
            FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder();
            TextFormat.merge(text.replace(wanted, after), file);
            return ProtoSurface.of(FileDescriptor.buildFrom(file.build(), new FileDescriptor[0]));
        } catch (ParseException | DescriptorValidationException e) {
            throw new AssertionError(change(after), e);
        }
    }

    private static String change(String after) {
        return "this is no contract: " + after;
    }
}
