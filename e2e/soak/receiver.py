"""Receives webhooks: verifies each, writes down what it tells, and only then says that it has it."""

import http.server
import importlib.util
import json
import os
import sys
import threading
from pathlib import Path

VERIFY = Path(__file__).resolve().parent.parent.parent / "examples" / "webhook-receivers" / "verify.py"
spec = importlib.util.spec_from_file_location("verify", VERIFY)
example = importlib.util.module_from_spec(spec)
spec.loader.exec_module(example)
SECRET = sys.argv[2]
LOCK = threading.Lock()
# Of those before it, when this is not the first of them, as well.
TOLD = open("told", "a", encoding="utf-8")


def write_down(line):
    with LOCK:
        TOLD.write(json.dumps(line) + "\n")
        TOLD.flush()
        os.fsync(TOLD.fileno())


class Receiver(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        headers = {name.lower(): value for name, value in self.headers.items()}
        try:
            event = example.verify(headers, body, SECRET)
            write_down({"id": headers["webhook-id"], "type": event["type"], "data": event["data"]})
            self.send_response(204)
        except ValueError as failure:
            write_down({"unverified": str(failure)})
            self.send_response(400)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128


Server(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
