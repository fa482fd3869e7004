"""Sessions are opened; each tells all receivers. The time runs from the first opening to the last delivery."""

import base64
import contextlib
import http.client
import json
import os
import shlex
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "shared"))
from calls import request  # noqa: E402
from servers import TICKS, Gateway, Redis, Source, find_java  # noqa: E402

KEY = "an administrators key"
SENDING = ("--webhooks.allow-insecure=true", "--webhooks.allowed-networks=127.0.0.0/8", "--webhooks.ports=")
STORES = ("SQLite", "Redis")
# How many receivers, and how many sessions are opened in a round: as much to deliver, spread differently.
SHAPES = ((100, 40), (10, 400), (1, 1_000))
WARM_UP, ROUNDS = 2, 3
CLIENTS = 2


def threads(pid):
    """What each thread has used so far, by its name without its number."""
    used = {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(FileNotFoundError):
            head, fields = (task / "stat").read_text().rsplit(") ", 1)
            name = head.split("(", 1)[1].rstrip("0123456789-# ")
            fields = fields.split()
            used[name] = used.get(name, 0) + (int(fields[11]) + int(fields[12])) / TICKS
    return used


def open_sessions(port, count):
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for _ in range(count):
        connection.request("POST", "/sessions")
        answer = connection.getresponse()
        answer.read()
        if answer.status != 201:
            raise SystemExit(f"POST /sessions: {answer.status}")
    connection.close()


def as_admin(gateway, method, path, body=None):
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
    return request(gateway.port, method, path, headers, body and json.dumps(body))


class Bench:
    def __init__(self, store, gateway, redis, receivers):
        self.store, self.gateway, self.redis, self.receivers = store, gateway, redis, receivers
        self.ports = receivers.await_line("receivers on (.+)").group(1).split()

    def measure(self, endpoints, sessions):
        for port in self.ports[:endpoints]:
            wish = {"url": f"http://127.0.0.1:{port}/", "eventTypes": ["session.opened"]}
            as_admin(self.gateway, "POST", "/webhooks", wish)
        for _ in range(WARM_UP):
            self.round(endpoints, sessions)
        rounds = [self.round(endpoints, sessions) for _ in range(ROUNDS)]
        rate, gateway, redis, receivers, extra, busy = zip(*rounds)
        print(
            f"| {self.store} | {endpoints} | {statistics.median(rate):,.0f} ({min(rate):,.0f} to {max(rate):,.0f}) "
            f"| {statistics.median(gateway):.0f} | {statistics.median(redis):.0f} | {statistics.median(receivers):.0f} "
            f"| {sum(extra)} | {busy[-1]} |",
            flush=True,
        )
        for endpoint in as_admin(self.gateway, "GET", "/webhooks")["items"]:
            as_admin(self.gateway, "DELETE", f"/webhooks/{endpoint['id']}")

    def round(self, endpoints, sessions):
        wanted = endpoints * sessions
        self.receivers.process.stdin.write(f"{wanted}\n")
        self.receivers.process.stdin.flush()
        self.receivers.await_line("expecting")
        before, by_thread, began = self.used(), threads(self.gateway.process.pid), time.monotonic()
        clients = [
            threading.Thread(target=open_sessions, args=(self.gateway.port, sessions // CLIENTS))
            for _ in range(CLIENTS)
        ]
        for client in clients:
            client.start()
        came = self.receivers.await_line(r"all in (\d+) requests")
        took = time.monotonic() - began
        for client in clients:
            client.join()
        after = self.used()
        micros = [(now - then) / wanted * 1e6 for now, then in zip(after, before)]
        now = threads(self.gateway.process.pid)
        shares = sorted(((now[name] - by_thread.get(name, 0)) / took, name) for name in now)[::-1]
        busy = ", ".join(f"{name} {share:.0%}" for share, name in shares[:4])
        return wanted / took, *micros, int(came.group(1)) - wanted, busy

    def used(self):
        return self.gateway.cpu(), self.redis.cpu() if self.redis else 0, self.receivers.cpu()


def measure(store, java, jvm):
    with contextlib.ExitStack() as stack:
        redis, options = None, []
        if store == "Redis":
            redis = stack.enter_context(contextlib.closing(Redis()))
            # Without a key nothing with a secret is kept there.
            sealing = base64.b64encode(os.urandom(32)).decode()
            options = [f"--redis.url={redis.url}", "--data.dir=", f"--data.encryption-keys=one={sealing}"]
        else:
            options = [f"--data.dir={stack.enter_context(tempfile.TemporaryDirectory())}"]
        receivers = stack.enter_context(
            contextlib.closing(Source(java, "http.FastReceivers", max(shape[0] for shape in SHAPES)))
        )
        gateway = stack.enter_context(
            contextlib.closing(Gateway(java, f"--admin.keys={KEY}", *SENDING, *options, jvm=jvm))
        )
        bench = Bench(store, gateway, redis, receivers)
        for shape in SHAPES:
            bench.measure(*shape)


def main():
    wanted = sys.argv[1:] or STORES
    if not set(wanted) <= set(STORES):
        sys.exit(f"stores: {' '.join(STORES)}")
    java = os.environ.get("BENCHMARKS_JAVA") or find_java()
    jvm = shlex.split(os.environ.get("BENCHMARKS_JAVA_OPTS", ""))
    print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, load before {os.getloadavg()[0]:.1f}\n")
    print("| stores | receivers | deliveries per second | gateway's CPU of each, µs | Redis's | receivers' | sent twice "
          "| its threads, of one core |")
    print("|---|---|---|---|---|---|---|---|")
    for store in wanted:
        measure(store, java, jvm)
    print(f"\nload after {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
