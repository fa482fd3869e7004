"""Calls of a gateway over connections that stay open, and what they cost its processor."""

import http.client
import json
import threading
import time

SECONDS = 3.0
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


def call(port, path, headers, over, counts, place):
    connection = http.client.HTTPConnection("127.0.0.1", port)
    done = 0
    while not over.is_set():
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status}")
        done += 1
    counts[place] = done


def micros_per_call(gateway, path, headers):
    over = threading.Event()
    counts = [0] * CLIENTS
    clients = [
        threading.Thread(target=call, args=(gateway.port, path, headers, over, counts, place))
        for place in range(CLIENTS)
    ]
    before = gateway.cpu()
    for client in clients:
        client.start()
    time.sleep(SECONDS)
    over.set()
    for client in clients:
        client.join()
    return (gateway.cpu() - before) * 1e6 / sum(counts)
