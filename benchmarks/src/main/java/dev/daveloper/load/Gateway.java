package dev.daveloper.load;

import java.io.IOException;

/** What a visitor of a gateway says. */
final class Gateway {
    private static final String STREAM = "Accept: text/event-stream\r\n";
    private static final String JSON = "Accept: application/json\r\n";
    private static final String TOKEN = "\"token\":\"";
    private static final int CREATED = 201;

    private Gateway() {}

    /** The token of a new session. */
    static String openSession(HttpLine line) throws IOException {
        line.send(HttpLine.request("POST", "/sessions", "", ""));
        int status = line.head();
        String body = line.body();
        int start = body.indexOf(TOKEN) + TOKEN.length();
        if (status != CREATED || start < TOKEN.length()) {
            throw new IOException("no session: " + status + " " + body);
        }
        return body.substring(start, body.indexOf('"', start));
    }

    /** Asks for an answer, told as it is made, or as one when it is whole. */
    static byte[] chat(String token, String message, boolean stream) {
        String fields = "Authorization: Bearer " + token + "\r\n" + (stream ? STREAM : JSON);
        return HttpLine.request("POST", "/agent/chat", fields, "{\"message\":\"" + message + "\"}");
    }
}
