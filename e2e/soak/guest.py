"""Somebody who opens sessions, asks by every transport, stops answers and brings documents, and does not give up."""

import json
import time
import urllib.parse

import wire
from viewer import PATIENCE_SECONDS, PAUSE_SECONDS, Viewer

MOST_QUESTIONS = 4
TRANSPORTS = ("sse", "websocket", "graphql", "rest")
# Of these nothing was accepted; a 409 passes when the answer before it has ended.
TRY_AGAIN = (409, 429, 502, 503, 504)
EVENTS = {"completed": "chat.run.completed", "cancelled": "chat.run.cancelled"}
SEND = """mutation($input: SendMessageInput!) { sendMessage(input: $input) { __typename
  ... on SentMessage { run { id } } ... on RunInProgress { detail } ... on Problem { code detail } } }"""


class Guest:
    def __init__(self, name, ports, random, tally, over):
        self.name, self.ports, self.random, self.tally, self.over = name, ports, random, tally, over
        self.number = 0
        self.token = self.session = None

    def stay(self):
        while not self.over.is_set():
            try:
                self.converse()
            except Exception as failure:  # noqa: BLE001 - whatever it is, a law was broken
                self.tally.broke(f"{self.name}: {failure!r}")

    def converse(self):
        opened = self.persistently("POST", "/sessions", 201)
        self.token, self.session = opened["token"], opened["sessionId"]
        self.tally.count("sessions opened")
        self.tally.owe("session.opened", self.session)
        asked = [self.ask() for _ in range(self.random.randint(1, MOST_QUESTIONS))]
        self.check_history(asked)
        if self.random.random() < 0.3:
            self.bring_document()
        elif self.random.random() < 0.4:
            # With its documents their jobs would be forgotten, and whoever has not yet told of them would not know how.
            self.persistently("DELETE", "/sessions/current", 204, gone=401)
            self.tally.count("sessions ended")
            self.tally.owe("session.ended", self.session)

    def ask(self):
        self.number += 1
        count = self.random.choice((5, 40, 40, 120))
        key = f"{self.name}-{self.number}"
        transport = self.random.choice(TRANSPORTS)
        run = self.start(transport, f"count {count}", key)
        self.tally.count("messages accepted")
        self.tally.count(f"messages accepted: {transport}")
        stopped = self.random.random() < 0.15
        if stopped:
            time.sleep(self.random.random() * 0.5)
            self.persistently("POST", f"/agent/runs/{run}/cancel", 202)
        watched = "sse" if transport == "rest" else transport
        viewer = Viewer(watched, self.ports, self.random, self.tally, self.token, run)
        outcome, stored = viewer.watch()
        self.check(viewer, "".join(f"{number} " for number in range(1, count + 1)), outcome, stored, stopped)
        self.tally.count("runs ended")
        self.tally.count(f"runs ended: {outcome}")
        self.tally.owe(EVENTS.get(outcome, "chat.run.failed"), run)
        return run, f"count {count}", stored

    def check(self, viewer, whole, outcome, stored, stopped):
        run, seen = viewer.run, viewer.text
        require = self.tally.require
        require(whole.startswith(seen), f"{run}: {seen!r} is not the agent's text, gapless and once")
        require(seen.startswith(stored), f"{run} by {viewer.transport}: kept is {stored!r}, and seen was {seen!r}")
        if outcome == "completed":
            require(stored == whole == seen, f"{run} is complete without all of its text: {stored!r}")
        elif outcome == "cancelled":
            require(stopped, f"{run} was cancelled by nobody")
        else:
            require(outcome in ("interrupted", "failed"), f"{run} ended as {outcome}")

    def check_history(self, asked):
        page = self.persistently("GET", f"/agent/chat/history/{self.session}?limit=200", 200)
        kept = [(item["runId"], item["role"], item["text"]) for item in page["items"]]
        wanted = [
            turn for run, text, stored in asked for turn in ((run, "user", text), (run, "assistant", stored))
        ]
        self.tally.require(kept == wanted, f"the history of {self.session} is {kept}, not {wanted}")
        self.tally.count("messages in histories", sum(1 for item in kept if item[1] == "user"))

    def start(self, transport, message, key):
        """The run's id, as soon as it is known: asked again with the same key, it is the same run."""
        end = time.monotonic() + PATIENCE_SECONDS
        last = None
        while time.monotonic() < end:
            try:
                run, last = getattr(self, f"start_{transport}")(self.random.choice(self.ports), message, key)
                if run:
                    return run
                self.tally.count("refusals")
            except wire.LOST as lost:
                last = lost
                self.tally.count("requests lost")
            time.sleep(PAUSE_SECONDS)
        raise AssertionError(f"{key} was never accepted by {transport}, at last {last!r}")

    def start_sse(self, port, message, key):
        body = json.dumps({"message": message, "clientMessageId": key})
        return self.started(port, body, {"Prefer": "respond-async"}, wire.REQUEST_SECONDS)

    def start_rest(self, port, message, key):
        body = json.dumps({"message": message})
        return self.started(port, body, {"Idempotency-Key": key}, wire.ANSWER_SECONDS)

    def started(self, port, body, headers, seconds):
        status, answered, said = wire.request(port, "POST", "/agent/chat", self.token, body, headers, seconds)
        run = answered.get("X-Run-Id")
        # An answer that failed was accepted all the same.
        if not run and status not in TRY_AGAIN:
            raise AssertionError(f"POST /agent/chat gave {status} {said!r}")
        return run, said

    def start_websocket(self, port, message, key):
        with wire.WebSocket(port) as socket:
            socket.say(type="hello", token=self.token)
            socket.say(type="chat.send", id=key, message=message, clientMessageId=key)
            while True:
                event = socket.hear()
                if event["type"] == "chat.accepted":
                    return event["runId"], None
                if event["type"] == "error":
                    return None, event

    def start_graphql(self, port, message, key):
        asked = {"query": SEND, "variables": {"input": {"message": message, "clientMessageId": key}}}
        status, _, said = wire.request(port, "POST", "/graphql", self.token, json.dumps(asked))
        sent = (json.loads(said).get("data") or {}).get("sendMessage") or {}
        return (sent["run"]["id"] if sent.get("run") else None), (status, said)

    def bring_document(self):
        """Accepted it is ingested, whatever becomes of the service meanwhile."""
        self.number += 1
        name = f"{self.name}-{self.number}.md"
        form = (
            f'--cut\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            f"Content-Type: text/markdown\r\n\r\n# {name}\n\nA document about {name}.\n\r\n--cut--\r\n"
        ).encode()
        kind = {"Content-Type": "multipart/form-data; boundary=cut"}
        job = self.persistently("POST", "/documents/ingest", 202, body=form, headers=kind)
        self.tally.count("documents accepted")
        end = time.monotonic() + PATIENCE_SECONDS
        while job["state"] in ("queued", "processing"):
            if time.monotonic() > end:
                raise AssertionError(f"{name} is {job['state']} for ever")
            time.sleep(PAUSE_SECONDS)
            job = self.persistently("GET", f"/documents/status/{job['jobId']}", 200)
        self.tally.require(job["state"] == "completed", f"{name} ended as {job}")
        listed = self.persistently("GET", "/documents?name=" + urllib.parse.quote(name), 200)["items"]
        self.tally.require([item["name"] for item in listed] == [name], f"{name} is listed as {listed}")
        self.tally.count("documents ingested")
        self.tally.owe("document.ingested", job["documentId"])

    def persistently(self, method, path, wanted, gone=None, body=None, headers=None):
        """Asks again, wherever somebody is, until it is answered as it should be."""
        end = time.monotonic() + PATIENCE_SECONDS
        token = None if path == "/sessions" else self.token
        last = None
        while time.monotonic() < end:
            try:
                status, _, said = wire.request(self.random.choice(self.ports), method, path, token, body, headers)
                # What was not answered for may have been done.
                if status == wanted or (last and status == gone):
                    return json.loads(said) if said else None
                last = f"{status} {said!r}"
                if status not in TRY_AGAIN:
                    raise AssertionError(f"{method} {path} gave {last}")
                self.tally.count("refusals")
            except wire.LOST as lost:
                last = repr(lost)
                self.tally.count("requests lost")
            time.sleep(PAUSE_SECONDS)
        raise AssertionError(f"{method} {path} never got through, at last {last}")
