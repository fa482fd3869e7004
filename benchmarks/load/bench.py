"""The gateways that are measured and what they are compared with, each side loaded in turn."""

import contextlib
import tempfile
import time

from machine import await_quiet, compiler_seconds, cpu_seconds
from processes import Driver, Nginx
from servers import Gateway, Redis, Source, find_java

ROOMY = ["--http.max-connections-per-address=0", "--http.max-connections=40000", "--http.max-requests=40000"]
ROOMY += ["--http.max-streams=20000", "--http.max-sockets=30000", "--chat.max-runs=20000"]
RATE, LINES, VIEWERS, FIRST_RATE = 1_000, 32, 100, 200
SOCKETS, STREAMS = 20_000, 10_000
WARM_MILLIS, COMPILED_SHARE = 4_000, 0.05


class Size:
    """How long and how often: each scenario is warmed up, and then measured in rounds."""

    def __init__(self, quick, rounds=None):
        self.rounds = rounds or (3 if quick else 10)
        self.warm_ups = 1
        self.warm_seconds = 15 if quick else 45
        self.call_millis = 2_000 if quick else 4_000
        self.deltas = 100 if quick else 250
        self.flood_deltas = 1_000 if quick else 4_000
        self.sockets, self.streams = (2_000, 1_000) if quick else (SOCKETS, STREAMS)
        self.slow_words = 4 if quick else 12
        self.patience_seconds = 2 if quick else 5


class Bench:
    def __init__(self, stack, size, keep):
        self.stack, self.size, self.keep = stack, size, keep
        self.java = find_java()
        self.agent = self.open(Source(self.java, "load.PacedAgent", jvm=["-Xmx2g"]))
        self.agent_port = int(self.agent.await_line(r"agent on (.+)").group(1))
        self.target = f"--agent.target=dns:///127.0.0.1:{self.agent_port}"
        self.driver = self.open(Driver(self.java))

    def open(self, process):
        return self.stack.enter_context(contextlib.closing(process))

    def gateway(self, *options):
        """With SQLite, as it comes, unless it is told otherwise."""
        if not options:
            options = [f"--data.dir={self.stack.enter_context(tempfile.TemporaryDirectory())}"]
        return self.open(Gateway(self.java, self.target, *ROOMY, *options))

    def start_all(self):
        self.redis = self.open(Redis())
        self.with_sqlite = self.gateway()
        self.in_memory = self.gateway("--data.dir=")
        self.with_redis = self.gateway("--data.dir=", f"--redis.url={self.redis.url}")
        self.nginx = self.open(Nginx(self.agent_port))
        self.constant = self.open(Source(self.java, "load.BareJavalin"))
        self.constant_port = int(self.constant.await_line(r"constant on (\d+)").group(1))
        self.pids = {
            "gateway": [self.with_sqlite.process.pid],
            "memory": [self.in_memory.process.pid],
            "redis": [self.with_redis.process.pid],
            "direct": [self.agent.process.pid],
            "nginx": self.nginx.pids,
            "constant": [self.constant.process.pid],
        }

    def ours(self):
        pids = [self.agent.process.pid, self.driver.process.pid, self.redis.process.pid]
        return set(sum(self.pids.values(), pids))

    def rounds(self, name, sides):
        """Each side once in a round, in turn the first; whatever else the machine does then hits all of them."""
        kept = []
        for number in range(self.size.warm_ups + self.size.rounds):
            await_quiet(self.ours(), self.size.patience_seconds)
            names = list(sides)
            names = names[number % len(names):] + names[:number % len(names)]
            taken = {side: self.one(side, sides[side]) for side in names}
            if number >= self.size.warm_ups:
                kept.append(taken)
        self.keep(name, kept)
        last = kept[-1]
        told = "  ".join(f"{side} {last[side]['cpu']:.0f} µs {last[side]['p50']:.2f} ms" for side in sides)
        print(f"{time.strftime('%H:%M:%S')} {name}: {told}", flush=True)

    def one(self, side, task):
        asked = self.redis.calls() if side == "redis" else None
        told = self.driver.measure(task, self.pids[side], self.ours())
        if asked is not None:
            called = self.redis.calls()
            more = {name: called[name] - asked.get(name, 0) for name in called}
            told["scripts"] = sum(more.get(name, 0) for name in ("evalsha", "eval")) / told["count"]
            told["commands"] = sum(more.values()) / told["count"]
        return told

    def calls(self, rate, millis):
        """The call that waits for the whole answer, over the gateway; and what it is compared with."""
        return {
            **self.chats("chat", rate, millis),
            "direct": ("direct", self.agent_port, rate, millis, LINES, "FILE"),
            "nginx": ("direct", self.nginx.port, rate, millis, LINES, "FILE"),
            "constant": ("post", self.constant_port, rate, millis, LINES, "FILE", "/constant"),
        }

    def warm_up(self):
        """Until the compilers have done most of what they will do: that costs more than the work itself at first."""
        streams = self.chats("first", 0, WARM_MILLIS)
        for side, task in (self.calls(0, WARM_MILLIS) | {f"{side} ": task for side, task in streams.items()}).items():
            [pid, *_] = self.pids[side.strip()]
            until = time.monotonic() + self.size.warm_seconds
            while time.monotonic() < until:
                compiled, used = compiler_seconds(pid), cpu_seconds(pid)
                self.driver.measure(task, [pid], [])
                compiled, used = compiler_seconds(pid) - compiled, cpu_seconds(pid) - used
                if compiled < COMPILED_SHARE * used:
                    break
            print(f"warm: {side}, compilers at {compiled / max(used, 0.01):.0%} of it", flush=True)

    def chats(self, kind, rate, millis):
        """Each gateway's answers, as one or as they are made."""
        ports = {"gateway": self.with_sqlite.port, "memory": self.in_memory.port, "redis": self.with_redis.port}
        return {side: (kind, port, rate, millis, LINES, "FILE", "-") for side, port in ports.items()}

    def unary(self):
        self.rounds("unary", self.calls(RATE, self.size.call_millis))
        self.rounds("unary-flood", self.calls(0, self.size.call_millis // 2))

    def cached(self):
        for name, rate in (("cached", RATE), ("cached-flood", 0)):
            rest = (rate, self.size.call_millis // 2, LINES, "FILE")
            self.rounds(name, {
                "gateway": ("get", self.with_sqlite.port, *rest, "/agent/tools"),
                "constant": ("get", self.constant_port, *rest, "/constant"),
            })

    def first(self):
        rest = (FIRST_RATE, self.size.call_millis, LINES, "FILE")
        self.rounds("first", {
            "gateway": ("first", self.with_sqlite.port, *rest, "-"),
            "direct": ("direct-first", self.agent_port, *rest),
            "nginx": ("direct-first", self.nginx.port, *rest),
        })

    def deltas(self):
        """Each of 100 viewers is told 50 words a second; and then as many as the agent can say."""
        for name, message in (
            ("deltas", f"{self.size.deltas} 20 200"),
            ("deltas-flood", f"{self.size.flood_deltas} 0 200"),
        ):
            self.rounds(name, {
                "gateway": ("viewers", self.with_sqlite.port, VIEWERS, message, "FILE"),
                "direct": ("direct-viewers", self.agent_port, VIEWERS, message, "FILE"),
                "nginx": ("direct-viewers", self.nginx.port, VIEWERS, message, "FILE"),
                "memory": ("viewers", self.in_memory.port, VIEWERS, message, "FILE"),
                "redis": ("viewers", self.with_redis.port, VIEWERS, message, "FILE"),
            })
