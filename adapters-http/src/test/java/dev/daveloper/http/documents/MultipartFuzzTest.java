package dev.daveloper.http.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.domain.documents.DocumentName;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.http.FuzzContract;
import dev.daveloper.http.failures.Refusal;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A form: its type on the first line, and behind it the body. */
class MultipartFuzzTest extends FuzzContract {
    @Override
    protected void take(byte[] input) {
        int end = 0;
        while (end < input.length && input[end] != '\n') {
            end++;
        }
        String type = new String(input, 0, end, StandardCharsets.ISO_8859_1).strip();
        byte[] form = Arrays.copyOfRange(input, Math.min(end + 1, input.length), input.length);
        UploadBody body = new UploadBody(request(type, form), Gateways.SMALL);
        try {
            files(new MultipartFiles(request(type, form), body, Gateways.SMALL), body, form.length);
        } catch (IOException e) {
            assertThat(body.refusal().isPresent() || MultipartFiles.isDamage(e)).isTrue();
        } catch (Refusal e) {
            assertThat(e.detail()).isNotBlank();
        } catch (InvalidRequest e) {
            assertThat(e.violations()).isNotEmpty();
        }
    }

    /** What is read of the files is no more than came. */
    private static void files(MultipartFiles files, UploadBody body, int length) throws IOException {
        int count = 0;
        long bytes = 0;
        Optional<MultipartFiles.Part> file = files.next();
        while (file.isPresent()) {
            body.wanted(true);
            bytes += file.get().content().readAllBytes().length;
            assertThat(DocumentName.clean(file.get().name())).doesNotContain("\n", "\r", "\0", "/");
            count++;
            file = files.next();
        }
        assertThat(count).isLessThanOrEqualTo(Gateways.SMALL.maxFiles());
        assertThat(bytes).isLessThanOrEqualTo(length);
    }

    private static HttpServletRequest request(String type, byte[] form) {
        ServletInputStream in = new Given(form);
        return (HttpServletRequest) Proxy.newProxyInstance(
                MultipartFuzzTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getHeader" -> "Content-Type".equals(arguments[0]) ? type : null;
                    case "getContentType" -> type;
                    case "getContentLengthLong" -> (long) form.length;
                    case "getContentLength" -> form.length;
                    case "getInputStream" -> in;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    /** A body that is there already. */
    private static final class Given extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        private Given(byte[] form) {
            this.bytes = new ByteArrayInputStream(form);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return bytes.read(buffer, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(jakarta.servlet.ReadListener listener) {
            throw new UnsupportedOperationException("nobody reads it by being called");
        }
    }
}
