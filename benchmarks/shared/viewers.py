"""Visitors of a gateway: as little work as possible, because they share the machine with what is measured."""

import asyncio
import json
import re
import time

END = b"event: run.finished"
DELTA = b"event: text.delta"
SAID_AT = re.compile(rb'"type":"text\.delta"[^}]*?"text":"(\d{16}) ')
PATIENCE_SECONDS = 120


async def request(gateway, method, path, headers, body=b""):
    reader, writer = await asyncio.open_connection(gateway.host, gateway.port, limit=1 << 20)
    lines = [f"{method} {path} HTTP/1.1", f"Host: {gateway.host}:{gateway.port}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    writer.write("\r\n".join([*lines, "", ""]).encode() + body)
    return reader, writer


async def whole(gateway, method, path, headers, body=b""):
    reader, writer = await request(gateway, method, path, headers, body)
    answer = await asyncio.wait_for(reader.read(), PATIENCE_SECONDS)
    writer.close()
    head, content = answer.split(b"\r\n\r\n", 1)
    if b"chunked" in head.lower():
        content = content.split(b"\r\n", 1)[1].rsplit(b"\r\n0\r\n", 1)[0]
    return int(head.split(b" ", 2)[1]), content


async def open_session(gateway):
    status, content = await whole(gateway, "POST", "/sessions", {"Content-Length": 0})
    if status != 201:
        raise SystemExit(f"no session: {status} {content}")
    return {"Authorization": "Bearer " + json.loads(content)["token"]}


class Seen:
    """What came of one answer: how many events with text, how old each was, and when the first of all came."""

    def __init__(self):
        self.deltas = 0
        self.ages = []
        self.first_seconds = None


async def watch(stream, aged):
    reader, writer = await stream
    seen, began, kept = Seen(), time.perf_counter(), b""
    while END not in kept:
        some = await asyncio.wait_for(reader.read(1 << 16), PATIENCE_SECONDS)
        now = time.time()
        if not some:
            raise SystemExit(f"a stream without an ending: {kept[-300:]}")
        if seen.first_seconds is None and b"event: " in some:
            seen.first_seconds = time.perf_counter() - began
        kept = kept[-64:] + some if not aged else kept + some
        if aged:
            *events, kept = kept.split(b"\n\n")
            for event in events:
                said = SAID_AT.search(event)
                if said:
                    seen.ages.append(now - int(said.group(1)) / 1e6)
            if any(END in event for event in events):
                break
        else:
            seen.deltas += some.count(DELTA)
    writer.close()
    return seen


def ask(gateway, session, message, aged=False):
    body = json.dumps({"message": message}).encode()
    return watch(request(gateway, "POST", "/agent/chat", {**session, "Accept": "text/event-stream"}, body), aged)


async def ask_and_watch_from(gateway, other, session, message, aged=False):
    body = json.dumps({"message": message}).encode()
    status, content = await whole(gateway, "POST", "/agent/chat", {**session, "Prefer": "respond-async"}, body)
    if status != 202:
        raise SystemExit(f"not accepted: {status} {content}")
    run = json.loads(content)["runId"]
    return await watch(request(other, "GET", f"/agent/runs/{run}/events", session), aged)
