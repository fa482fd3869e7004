"""Calls of a gateway over connections that stay open, and what they cost its processor."""

import http.client
import json
import socket
import threading
import time

SECONDS = 2.0
CLIENTS = 4


def request(port, method, path, headers, body=None):
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    if answer.status >= 300:
        raise SystemExit(f"{method} {path}: {answer.status} {data[:300]}")
    return json.loads(data) if data else None


class Line:
    """One connection that stays open, with as little work of its own as can be: the clients share the machine."""

    def __init__(self, port, path, headers, body=None):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        fields = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        sent = b"" if body is None else body.encode()
        if body is not None:
            fields += f"Content-Length: {len(sent)}\r\n"
        method = "GET" if body is None else "POST"
        self.asked = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{fields}\r\n".encode() + sent
        self.path = path

    def call(self):
        self.socket.sendall(self.asked)
        answer = self.socket.recv(65536)
        while (end := answer.find(b"\r\n\r\n")) < 0:
            answer += self.more()
        head = answer[:end].lower()
        if not head.startswith(b"http/1.1 200"):
            raise SystemExit(f"{self.path}: {answer[:300]!r}")
        start = head.find(b"content-length:")
        if start < 0:
            # In chunks, of which the last is empty; nothing comes behind it unasked.
            while not answer.endswith(b"\r\n0\r\n\r\n"):
                answer = answer[-8:] + self.more()
            return
        start += len(b"content-length:")
        length = int(head[start:].split(b"\r\n", 1)[0])
        missing = end + 4 + length - len(answer)
        while missing > 0:
            missing -= len(self.more())

    def more(self):
        data = self.socket.recv(65536)
        if not data:
            raise SystemExit(f"{self.path}: the connection was closed")
        return data


def call(line, over, counts, place):
    done = 0
    while not over.is_set():
        line.call()
        done += 1
    counts[place] = done


def micros_per_call(gateway, path, headers, body=None):
    """By GET, or by POST where there is a body."""
    over = threading.Event()
    counts = [0] * CLIENTS
    lines = [Line(gateway.port, path, headers, body) for _ in range(CLIENTS)]
    clients = [
        threading.Thread(target=call, args=(line, over, counts, place)) for place, line in enumerate(lines)
    ]
    before = gateway.cpu()
    for client in clients:
        client.start()
    time.sleep(SECONDS)
    over.set()
    for client in clients:
        client.join()
    for line in lines:
        line.socket.close()
    return (gateway.cpu() - before) * 1e6 / sum(counts)
