package dev.daveloper.http.documents;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.http.RawConnection;
import dev.daveloper.http.TestGateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Forms as no browser sends them. None of them is a defect of ours. */
class MalformedUploadTest {
    private static final ListAppender<ILoggingEvent> LOGGED = new ListAppender<>();
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = Gateways.open(config -> config.withUploads(Gateways.SMALL));
        LOGGED.start();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(LOGGED);
    }

    /** Whatever these tests send, nothing of it is worth a line in the log. */
    @AfterAll
    static void stop() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(LOGGED);
        gateway.close();
        assertThat(LOGGED.list)
                .filteredOn(event -> event.getThrowableProxy() != null)
                .isEmpty();
    }

    private record Answer(int status, JsonNode body) {
        String code() {
            return body.path("code").textValue();
        }
    }

    private static Answer post(String contentType, byte[] body) throws Exception {
        String token = gateway.newCaller().token();
        try (RawConnection connection = new RawConnection(gateway.port(), 0)) {
            connection.say("POST /documents/ingest HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                    + token + "\r\nContent-Type: " + contentType + "\r\nContent-Length: " + body.length + "\r\n\r\n");
            connection.say(body);
            return answerOf(connection.readAll());
        }
    }

    private static Answer answerOf(String response) throws IOException {
        int status = Integer.parseInt(response.substring(9, 12));
        return new Answer(status, TestGateway.JSON.readTree(response.substring(response.indexOf("\r\n\r\n") + 4)));
    }

    private static Answer post(Form form) throws Exception {
        return post(Form.TYPE, form.whole());
    }

    private static String nameOf(String disposition) throws Exception {
        Answer answer = post(new Form().part("Content-Disposition: form-data; " + disposition + "\r\n", "some text"));
        assertThat(answer.status()).isEqualTo(202);
        return answer.body().get("name").textValue();
    }

    @Test
    void a_boundary_that_is_missing_empty_too_long_or_foreign_is_refused() throws Exception {
        for (String type : List.of(
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary=\"\"",
                "multipart/form-data; boundary=\"=?UTF-8?B?!!!?=\"",
                "multipart/form-data; boundary=\"=?UTF-8?Q?=?=\"",
                "multipart/form-data; boundary*=UTF-8''%",
                "multipart/form-data; boundary=" + "b".repeat(71),
                "multipart/form-data; boundary=\"a\tb\"",
                "multipart/form-data; boundary=\"ends with a blank \"",
                "multipart/form-data; charset=no-such; boundary=a\u00e4")) {
            Answer answer = post(type, new Form().file("a.txt", "x").whole());
            assertThat(answer.status()).as(type).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("invalid_request");
        }
        String longest = "b".repeat(70);
        byte[] body = ("--" + longest + "\r\nContent-Disposition: form-data; name=f; filename=a.txt\r\n\r\nx\r\n--"
                        + longest + "--\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(post("Multipart/Form-Data; charset=no-such; Boundary=\"" + longest + "\"", body)
                        .status())
                .isEqualTo(202);
    }

    @Test
    void a_form_that_ends_too_early_is_refused_and_its_file_not_kept() throws Exception {
        for (byte[] body : List.of(
                new Form().file("a.txt", "some text").open(),
                "--nothing of the sort".getBytes(StandardCharsets.US_ASCII),
                new byte[0],
                ("--" + Form.BOUNDARY).getBytes(StandardCharsets.US_ASCII),
                ("--" + Form.BOUNDARY + "\r\nContent-Disposition: form-data; name=f; filename=a.txt\r\n\r\nabc")
                        .getBytes(StandardCharsets.US_ASCII),
                ("--" + Form.BOUNDARY + "\r\nContent-Disp").getBytes(StandardCharsets.US_ASCII),
                ("--" + Form.BOUNDARY + "garbage\r\n\r\n\r\n").getBytes(StandardCharsets.US_ASCII))) {
            Answer answer = post(Form.TYPE, body);
            assertThat(answer.status())
                    .as(new String(body, StandardCharsets.US_ASCII))
                    .isIn(400, 202);
            if (answer.status() == 400) {
                assertThat(answer.code()).isEqualTo("invalid_request");
            } else {
                assertThat(answer.body().at("/rest/code").textValue()).isEqualTo("invalid_request");
            }
        }
        Answer cut = post(
                Form.TYPE, new Form().file("a.txt", "whole").field("f", "v").open());
        assertThat(cut.status()).isEqualTo(202);
        assertThat(cut.body().at("/items/0/job/name").textValue()).isEqualTo("a.txt");
        assertThat(cut.body().at("/rest/code").textValue()).isEqualTo("invalid_request");
    }

    @Test
    void headers_that_do_not_end_or_do_not_fit_are_refused() throws Exception {
        String disposition = "Content-Disposition: form-data; name=f; filename=a.txt\r\n";
        for (String headers : List.of(
                disposition + "X-Long: " + "x".repeat(20_000) + "\r\n",
                disposition + "X: y\r\n".repeat(1_000),
                "x".repeat(50_000) + "\r\n")) {
            Answer answer = post(new Form().part(headers, "text"));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("invalid_request");
            assertThat(answer.body().get("detail").textValue()).contains("1024 bytes");
        }
        for (String odd : List.of("no colon\r\n", "\tfolded\r\n", ": no name\r\n", "\r\r\r\n", "a:b\rc\n\r\n")) {
            Answer answer = post(new Form().part(odd + disposition, "text"));
            assertThat(answer.status()).as(odd).isIn(202, 400);
        }
    }

    @Test
    void more_parts_or_files_than_there_may_be_are_not_read() throws Exception {
        Form fields = new Form();
        Form nameless = new Form();
        for (int i = 0; i < 10_000; i++) {
            fields.field("f", "v");
            nameless.part("X: y\r\n", "v");
        }
        for (Form form : List.of(fields, nameless)) {
            Answer answer = post(form);
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.code()).isEqualTo("body_too_large");
            assertThat(answer.body().get("detail").textValue()).contains("10 parts");
        }
        Form files = new Form();
        for (int i = 0; i < 5; i++) {
            files.file("f" + i + ".txt", "file " + i);
        }
        Answer answer = post(files);
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body().get("items")).hasSize(3);
        assertThat(answer.body().at("/rest/detail").textValue()).contains("3 files");
    }

    @Test
    void a_request_larger_than_it_may_be_is_refused() throws Exception {
        Answer announced = post(Form.TYPE, new byte[1024 * 1024 + 1]);
        assertThat(announced.status()).isEqualTo(413);
        assertThat(announced.code()).isEqualTo("body_too_large");
        try (RawConnection connection = new RawConnection(gateway.port(), 0)) {
            connection.say("POST /documents/ingest HTTP/1.1\r\nHost: x\r\nContent-Type: " + Form.TYPE
                    + "\r\nTransfer-Encoding: chunked\r\n\r\n");
            byte[] open = new Form()
                    .part("Content-Disposition: form-data; name=f; filename=a.txt\r\n", "t")
                    .open();
            connection.say(Integer.toHexString(open.length - 2) + "\r\n");
            connection.say(java.util.Arrays.copyOf(open, open.length - 2));
            connection.say("\r\n");
            String chunk = "100000\r\n" + "t".repeat(0x100000) + "\r\n0\r\n\r\n";
            connection.say(chunk);
            Answer answer = answerOf(connection.readAll());
            assertThat(answer.status()).isEqualTo(413);
        }
        Answer skipped = post(new Form().field("f", "x".repeat(100_000)).file("a.txt", "text"));
        assertThat(skipped.status()).isEqualTo(413);
        assertThat(skipped.code()).isEqualTo("body_too_large");
    }

    @Test
    void names_are_shown_without_what_would_deceive() throws Exception {
        assertThat(nameOf("name=f; filename=\"../../etc/passwd.txt\"")).isEqualTo("passwd.txt");
        assertThat(nameOf("name=f; filename=\"C:\\\\temp\\\\a.txt\"")).isEqualTo("a.txt");
        assertThat(nameOf("name=f; filename=\"a\u0001\u0000b\u202egpj.txt\"")).isEqualTo("abgpj.txt");
        assertThat(nameOf("name=f; filename=\"r\u00e9sum\u00e9 \u4e2d\u6587.txt\""))
                .isEqualTo("r\u00e9sum\u00e9 \u4e2d\u6587.txt");
        assertThat(nameOf("name=f; filename*=UTF-8''na%C3%AFve%20%E2%82%AC.txt"))
                .isEqualTo("na\u00efve \u20ac.txt");
        assertThat(nameOf("name=f; filename=\"=?UTF-8?B?bsOkbWUudHh0?=\"")).isEqualTo("n\u00e4me.txt");
        assertThat(nameOf("name=f; filename=plain.txt")).isEqualTo("plain.txt");
        assertThat(nameOf("filename=\"nameless field.txt\"")).isEqualTo("nameless field.txt");
        assertThat(nameOf("name=\"\"; filename=\"<script>alert(1)</script>.txt\""))
                .isEqualTo("script>.txt");
    }

    @Test
    void names_that_are_none_are_refused() throws Exception {
        for (String disposition : List.of(
                "name=f; filename=\"\"",
                "name=f; filename=",
                "name=f; filename=\"\u202e\u0007\"",
                "name=f; filename=\"...\"",
                "name=f; filename=\"" + "n".repeat(101) + ".txt\"")) {
            Answer answer = post(new Form().part("Content-Disposition: form-data; " + disposition + "\r\n", "text"));
            assertThat(answer.status()).as(disposition).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("invalid_request");
            assertThat(answer.body().at("/errors/0/pointer").textValue()).isEqualTo("#/file");
        }
        for (String disposition : List.of(
                "name=f; filename*=UTF-8''%",
                "name=f; filename*=no-such'x'a.txt",
                "name=f; filename*='",
                "filename",
                "name=f; filename=\"=?no-such?B?!!!?=\"",
                "name=f; filename=\"=?UTF-8?Q?=?=\"",
                "name=f; =; ;;;")) {
            Answer answer = post(new Form().part("Content-Disposition: form-data; " + disposition + "\r\n", "text"));
            assertThat(answer.status()).as(disposition).isIn(202, 400, 415);
        }
    }

    @Test
    void parts_within_parts_are_read_or_refused() throws Exception {
        String inner = "Content-Disposition: form-data; name=files\r\nContent-Type: multipart/mixed; boundary=";
        String same = "-".repeat(Form.BOUNDARY.length());
        Answer read = post(new Form()
                .part(
                        inner + same + "\r\n",
                        "--" + same + "\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\ninner\r\n--" + same
                                + "--"));
        assertThat(read.status()).isIn(202, 400);
        Answer other = post(new Form().part(inner + "x\r\n", "--x\r\n\r\n--x--"));
        assertThat(other.status()).isEqualTo(400);
        Answer none = post(new Form().part(inner.replace("; boundary=", "") + "\r\n", "text"));
        assertThat(none.status()).isEqualTo(400);
    }

    @Test
    void what_stands_before_and_behind_the_parts_is_passed_over() throws Exception {
        byte[] form = new Form().file("a.txt", "text").whole();
        byte[] around = new byte[form.length + 4_000];
        java.util.Arrays.fill(around, (byte) ' ');
        around[1_998] = '\r';
        around[1_999] = '\n';
        System.arraycopy(form, 0, around, 2_000, form.length);
        assertThat(post(Form.TYPE, around).status()).isEqualTo(202);
    }
}
