"""Stubborn viewers: each wants one answer from beginning to end, and comes back with its cursor when cut off."""

import json
import time

import wire

PATIENCE_SECONDS = 150
PAUSE_SECONDS = 0.2
TRY_AGAIN = (404, 429, 500, 502, 503, 504)

SUBSCRIPTION = """subscription($runId: ID!, $after: String) { runEvents(runId: $runId, after: $after) {
  __typename cursor ... on TextDelta { text } ... on RunFinished { message { outcome text } } } }"""


class Ended(Exception):
    """There is nothing more to see."""


class Viewer:
    def __init__(self, transport, ports, random, tally, token, run):
        self.transport, self.ports, self.random, self.tally = transport, ports, random, tally
        self.token, self.run = token, run
        self.cursor, self.text, self.ending, self.refused = "0-0", "", None, None

    def watch(self):
        """The message as run.finished has it; the outcome and the text."""
        end = time.monotonic() + PATIENCE_SECONDS
        follow = {"sse": self.by_stream, "websocket": self.by_socket, "graphql": self.by_graph}[self.transport]
        while self.ending is None:
            if time.monotonic() > end:
                raise AssertionError(f"{self.transport} never got an ending of {self.run}: {self.refused}")
            try:
                follow(self.random.choice(self.ports))
            except wire.LOST as lost:
                self.refused = repr(lost)
            except Ended:
                break
            self.tally.count("resumed" if self.ending is None else "endings seen")
            time.sleep(PAUSE_SECONDS)
        return self.ending

    def by_stream(self, port):
        after = {"Last-Event-ID": self.cursor}
        for kind, event in wire.events(port, "GET", f"/agent/runs/{self.run}/events", self.token, headers=after):
            if kind == "refused":
                return self.refuse(event)
            self.take(event.get("type"), event)

    def by_graph(self, port):
        asked = json.dumps({"query": SUBSCRIPTION, "variables": {"runId": self.run, "after": self.cursor}})
        kinds = {"TextDelta": "text.delta", "RunFinished": "run.finished"}
        for kind, event in wire.events(port, "POST", "/graphql", self.token, asked):
            if kind == "refused":
                return self.refuse(event)
            told = (event.get("data") or {}).get("runEvents") if kind == "next" else None
            if told:
                self.take(kinds.get(told["__typename"], ""), told)
            elif kind == "next":
                self.refused = event

    def by_socket(self, port):
        with wire.WebSocket(port) as socket:
            socket.say(type="hello", token=self.token, resume=[{"runId": self.run, "after": self.cursor}])
            while self.ending is None:
                event = socket.hear()
                if event["type"] == "error":
                    self.refused = event
                    return
                if event.get("runId", self.run) == self.run:
                    self.take(event["type"], event)

    def refuse(self, answer):
        self.refused = answer
        if answer["status"] not in TRY_AGAIN:
            raise AssertionError(f"{self.transport} of {self.run} was answered {answer}")

    def take(self, kind, event):
        if self.ending is not None:
            raise AssertionError(f"something came behind the ending of {self.run}: {event}")
        self.cursor = event.get("cursor") or self.cursor
        if kind == "text.delta":
            self.text += event["text"]
            self.tally.count("deltas")
        elif kind == "run.finished":
            message = event["message"]
            self.ending = (message["outcome"].lower(), message["text"])
            # A stream ends here; what still came would be a broken law, and it is looked for once.
