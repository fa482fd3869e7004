package dev.daveloper.http.documents;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/** A multipart form as a browser sends it; its parts stand in the order in which they were added. */
final class Form {
    static final String BOUNDARY = "----boundary7MA4YWxkTrZu0gW";
    static final String TYPE = "multipart/form-data; boundary=" + BOUNDARY;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    static Form of(String name, String content) {
        return new Form().file(name, content);
    }

    static Form of(String name, String type, String content) {
        return new Form().file(name, type, content);
    }

    Form file(String name, String content) {
        return part("Content-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\n", content);
    }

    Form file(String name, String type, String content) {
        return part(
                "Content-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\nContent-Type: " + type
                        + "\r\n",
                content);
    }

    Form field(String name, String value) {
        return part("Content-Disposition: form-data; name=\"" + name + "\"\r\n", value);
    }

    /** @param headers each with its line end */
    Form part(String headers, String content) {
        bytes.writeBytes(
                ("--" + BOUNDARY + "\r\n" + headers + "\r\n" + content + "\r\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** What has been added so far, without an end. */
    byte[] open() {
        return bytes.toByteArray();
    }

    byte[] whole() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(open());
        all.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return all.toByteArray();
    }

    HttpRequest.Builder on(HttpRequest.Builder request) {
        return request.header("Content-Type", TYPE).POST(BodyPublishers.ofByteArray(whole()));
    }
}
