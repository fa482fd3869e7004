"""Clients of the gateway, of the standard library alone: requests, streams of events, and a WebSocket."""

import base64
import contextlib
import http.client
import json
import os
import socket
import struct

# A stream beats every half a second, and a request that waits for an answer is no stream.
SILENCE_SECONDS = 3
REQUEST_SECONDS = 6
ANSWER_SECONDS = 30
LOST = (OSError, http.client.HTTPException)


def request(port, method, path, token=None, body=None, headers=None, seconds=REQUEST_SECONDS):
    """The status, the headers and the body; one of LOST when there is no whole answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    with contextlib.closing(connection):
        connection.request(method, path, body, sent(token, body, headers))
        response = connection.getresponse()
        return response.status, response.headers, response.read()


def sent(token, body, headers):
    own = {"Authorization": f"Bearer {token}"} if token else {}
    kind = {"Content-Type": "application/json"} if isinstance(body, str) else {}
    return {**own, **kind, **(headers or {})}


def events(port, method, path, token, body=None, headers=None):
    """What comes on a stream, as pairs of a type and JSON, until it ends; the status first when it is none."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SILENCE_SECONDS)
    with contextlib.closing(connection):
        accepted = {"Accept": "text/event-stream", **(headers or {})}
        connection.request(method, path, body, sent(token, body, accepted))
        response = connection.getresponse()
        if response.status != 200 or "event-stream" not in response.getheader("Content-Type", ""):
            yield "refused", {"status": response.status, "body": response.read().decode(errors="replace")}
            return
        kind = ""
        for line in response:
            if line.startswith(b"event:"):
                kind = line[6:].strip().decode()
            elif line.startswith(b"data:") and line[5:].strip():
                yield kind, json.loads(line[5:])


class WebSocket:
    """As RFC 6455 has it, as far as it is needed here."""

    TEXT, CLOSE, PING, PONG = 1, 8, 9, 10

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), REQUEST_SECONDS)
        try:
            self.socket.sendall(
                b"GET /ws/chat HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                b"Sec-WebSocket-Key: " + base64.b64encode(os.urandom(16)) + b"\r\nSec-WebSocket-Version: 13\r\n"
                b"Sec-WebSocket-Protocol: daveloper.v1\r\n\r\n"
            )
            self.file = self.socket.makefile("rb")
            status = self.file.readline()
            if b" 101 " not in status:
                raise OSError(f"no WebSocket: {status!r}")
            while self.file.readline().strip():
                pass
        except BaseException:
            self.socket.close()
            raise

    def say(self, **message):
        self.frame(self.TEXT, json.dumps(message).encode())

    def frame(self, opcode, payload):
        mask = os.urandom(4)
        length = len(payload)
        head = bytes([0x80 | opcode]) + (
            bytes([0x80 | length]) if length < 126 else b"\xfe" + struct.pack(">H", length)
        )
        self.socket.sendall(head + mask + bytes(byte ^ mask[at % 4] for at, byte in enumerate(payload)))

    def hear(self):
        """The next message; raises OSError when there will be none."""
        while True:
            head = self.exactly(2)
            length = head[1] & 0x7F
            if length >= 126:
                length = int.from_bytes(self.exactly(2 if length == 126 else 8), "big")
            payload = self.exactly(length)
            opcode = head[0] & 0x0F
            if opcode == self.TEXT:
                return json.loads(payload)
            if opcode == self.PING:
                self.frame(self.PONG, payload)
            elif opcode == self.CLOSE:
                raise OSError(f"closed with {payload!r}")

    def exactly(self, count):
        data = self.file.read(count)
        if data is None or len(data) < count:
            raise OSError("the connection ended")
        return data

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.socket.close()
