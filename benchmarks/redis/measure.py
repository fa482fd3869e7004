"""Called by benchmarks/redis/run, which says what it measures."""

import asyncio
import contextlib
import os
import platform
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "shared"))
from servers import Gateway, Redis, Source, find_java  # noqa: E402
from viewers import ask, ask_and_watch_from, open_session, whole  # noqa: E402

PARTS = ["cpu", "followed", "latency", "lookup", "load", "memory"]
RUNS, DELTAS, PACE_MILLIS = 100, 200, 20
WARM_UP, ROUNDS = 3, 7
MEMORY, SQLITE, REDIS = "embedded, in memory", "embedded, SQLite", "Redis"


def show(name, *figures):
    print(f"{name:<58}" + "".join(f"{figure:>16}" for figure in figures), flush=True)


def median(figures, digits=1, unit=""):
    return f"{statistics.median(figures):.{digits}f}{unit}"


class Bench:
    def __init__(self, stack):
        self.redis = stack.enter_context(contextlib.closing(Redis()))
        data = stack.enter_context(tempfile.TemporaryDirectory())
        self.java = os.environ.get("BENCHMARKS_JAVA") or find_java()
        agent = stack.enter_context(contextlib.closing(Source(self.java, "load.PacedAgent")))
        target = f"--agent.target=dns:///127.0.0.1:{agent.await_line(r'agent on (.+)').group(1)}"
        in_redis = [f"--redis.url={self.redis.url}", "--data.dir=", target]
        options = {MEMORY: ["--data.dir=", target], SQLITE: [f"--data.dir={data}", target], REDIS: in_redis}
        self.gateways = {
            name: stack.enter_context(contextlib.closing(Gateway(self.java, *given))) for name, given in options.items()
        }
        self.other = stack.enter_context(contextlib.closing(Gateway(self.java, *in_redis)))

    async def cpu(self):
        """Gateway CPU of each delta, all viewers on the node that makes the answer; and what Redis is asked."""
        sessions = {name: [await open_session(it) for _ in range(RUNS)] for name, it in self.gateways.items()}
        used = {name: [] for name in self.gateways}
        scripts, appends, deltas, redis_cpu = [], [], RUNS * DELTAS, []
        for number in range(WARM_UP + ROUNDS):
            names = list(self.gateways)
            for name in names[number % len(names):] + names[:number % len(names)]:
                gateway, before, calls = self.gateways[name], self.gateways[name].cpu(), self.redis.calls()
                asked = self.redis.cpu()
                message = f"{DELTAS} {PACE_MILLIS}"
                seen = await asyncio.gather(*(ask(gateway, session, message) for session in sessions[name]))
                if number >= WARM_UP:
                    used[name].append((gateway.cpu() - before) / deltas * 1e6)
                    if name == REDIS:
                        redis_cpu.append((self.redis.cpu() - asked) / deltas * 1e6)
                        scripts.append(self.called(calls, "evalsha", "eval") / deltas)
                        appends.append(self.called(calls, "xadd") / deltas)
                        merged = sum(one.deltas for one in seen) / deltas
        for name, figures in used.items():
            low, high = min(figures), max(figures)
            show(f"gateway CPU of a delta, {name}", median(figures, 1, " µs"), f"{low:.1f} to {high:.1f}")
        for base in (MEMORY, SQLITE):
            ratios = [mine / its for mine, its in zip(used[REDIS], used[base])]
            show(f"  Redis : {base}, each round", median(ratios, 2), f"{min(ratios):.2f} to {max(ratios):.2f}")
        show("Redis's own CPU of a delta", median(redis_cpu, 2, " µs"))
        show("commands of a delta, not followed elsewhere", median(scripts, 3))
        show("  of these batches of the log", median(appends, 3))
        show("  events with text that a viewer got, of a delta", f"{merged:.2f}")
        await self.idle()

    def called(self, before, *names):
        now = self.redis.calls()
        return sum(now.get(name, 0) - before.get(name, 0) for name in names)

    async def idle(self):
        seconds, calls, before = 12, self.redis.calls(), self.gateways[REDIS].cpu()
        asked = self.redis.cpu()
        await asyncio.sleep(seconds)
        show("two nodes without work: commands of a node in a second",
             f"{self.called(calls, 'evalsha', 'eval') / seconds / 2:.0f}")
        show("  CPU of a node, of Redis for a node, of one core",
             f"{(self.gateways[REDIS].cpu() - before) / seconds:.2%}",
             f"{(self.redis.cpu() - asked) / seconds / 2:.2%}")

    async def followed(self):
        """The same answers, each watched from the other node alone."""
        gateway, runs, deltas = self.gateways[REDIS], RUNS, RUNS * DELTAS
        sessions = [await open_session(gateway) for _ in range(runs)]
        figures = []
        for number in range(1 + 3):
            calls, mine, others, redis = self.redis.calls(), gateway.cpu(), self.other.cpu(), self.redis.cpu()
            message = f"{DELTAS} {PACE_MILLIS}"
            await asyncio.gather(*(ask_and_watch_from(gateway, self.other, one, message) for one in sessions))
            if number:
                figures.append((
                    self.called(calls, "evalsha", "eval") / deltas,
                    self.called(calls, "xadd") / deltas,
                    self.called(calls, "publish") / deltas,
                    (gateway.cpu() - mine) / deltas * 1e6,
                    (self.other.cpu() - others) / deltas * 1e6,
                    (self.redis.cpu() - redis) / deltas * 1e6,
                ))
        scripts, appends, published, mine, others, redis = zip(*figures)
        show("commands of a delta, watched from another node alone", median(scripts, 2))
        show("  of these batches of the log, and signals", median(appends, 2), median(published, 2))
        show("  CPU of a delta: its node, the other, Redis",
             median(mine, 1, " µs"), median(others, 1, " µs"), median(redis, 1, " µs"))

    async def latency(self):
        """One answer at a time: until run.started is there, and how old text is when it comes."""
        begun, first, later = {}, {}, {}
        gateways = dict(self.gateways) | {"Redis, from another node": self.other}
        sessions = {name: await open_session(self.gateways.get(name, self.gateways[REDIS])) for name in gateways}
        for number in range(5 + 25):
            for name, gateway in gateways.items():
                if gateway is self.other:
                    seen = await ask_and_watch_from(self.gateways[REDIS], gateway, sessions[name], "8 20", aged=True)
                else:
                    seen = await ask(gateway, sessions[name], "8 20", aged=True)
                if number >= 5:
                    begun.setdefault(name, []).append(seen.first_seconds * 1e3)
                    first.setdefault(name, []).append(seen.ages[0] * 1e3)
                    later.setdefault(name, []).extend(age * 1e3 for age in seen.ages[1:])
        show("", "first event", "first delta", "later deltas")
        for name in gateways:
            show(f"time until it is there, {name}",
                 median(begun[name], 1, " ms"), median(first[name], 1, " ms"), median(later[name], 1, " ms"))

    async def lookup(self):
        """GET /sessions/current, one after the other."""
        taken = {name: [] for name in self.gateways}
        sessions = {name: await open_session(gateway) for name, gateway in self.gateways.items()}
        calls, count = self.redis.calls(), 300
        for _ in range(count):
            for name, gateway in self.gateways.items():
                began = time.perf_counter()
                status, _ = await whole(gateway, "GET", "/sessions/current", sessions[name])
                taken[name].append((time.perf_counter() - began) * 1e3)
                assert status == 200
        show("commands that find the session of a request", f"{self.called(calls, 'hmget') / count:.2f}")
        for name, figures in taken.items():
            show(f"GET /sessions/current, {name}", median(figures, 2, " ms"))

    async def load(self):
        """What one core of Redis bears: its own CPU for each script, under as many callers as it can serve."""
        sessions, runs, batches, redis = 20_000, 5_000, 40, Redis()
        load = Source(self.java, "redis.RedisLoad", redis.url, sessions, 2, runs, batches)
        try:
            load.await_line("connected")
            for step, what, number in (
                ("sessions", "opening a session (2 scripts)", sessions),
                ("messages", "a question and its answer (2 scripts)", sessions),
                ("begun", "beginning a run", runs),
                ("written", "a batch of 12 deltas", runs * batches),
                ("finished", "ending a run", runs),
            ):
                used, began = redis.cpu(), time.monotonic()
                load.go_on()
                load.await_line(step)
                used, took = redis.cpu() - used, time.monotonic() - began
                show(f"Redis's CPU for {what}", f"{used / number * 1e6:.1f} µs", f"{number / used:,.0f} /s·core",
                     f"{number / took:,.0f} /s here")
            load.go_on()
        finally:
            load.close()
            redis.close()

    async def memory(self):
        """What lies in Redis for each thing, by the difference of used_memory."""
        for options in ((), ("--hash-max-listpack-value", "256")):
            await self.memory_with(*options)

    async def memory_with(self, *options):
        sessions, messages, runs, batches, redis = 10_000, 10, 2_000, 17, Redis(*options)
        load = Source(self.java, "redis.RedisLoad", redis.url, sessions, messages, runs, batches)
        used = lambda: int(redis.info("memory")["used_memory"])
        try:
            load.await_line("connected")
            print(" ".join(options), flush=True)
            for step, what, number in (
                ("sessions", "a session without messages", sessions),
                ("messages", "a message, with its part of its run", sessions * messages),
                ("begun", "a run that has begun, in a session of its own", runs),
                ("written", "its log of 204 deltas in 17 batches", runs),
                ("finished", "its answer", runs),
            ):
                before = used()
                load.go_on()
                load.await_line(step)
                show(f"memory of {what}", f"{(used() - before) / number:,.0f} B")
                if step == "messages":
                    info = redis.info("memory")
                    whole_of_it = int(info["used_memory"]) - int(info["used_memory_startup"])
                    show("memory of a session with 10 messages, all in all", f"{whole_of_it / sessions:,.0f} B")
            load.go_on()
            self.memory_of_keys(redis)
        finally:
            load.close()
            redis.close()

    @staticmethod
    def memory_of_keys(redis):
        sizes, cursor = {}, "0"
        for _ in range(20):
            cursor, keys = redis.ask("SCAN", cursor, "COUNT", 1000)
            for key in keys:
                kind = next(part for part in key.split(":")[2:] if not part.startswith(("ses_", "run_")))
                sizes.setdefault(kind, []).append(redis.ask("MEMORY", "USAGE", key, "SAMPLES", 0) or 0)
        for kind, some in sorted(sizes.items()):
            show(f"  MEMORY USAGE of {kind}", f"{statistics.median(some):,.0f} B", f"{len(some)} keys")


async def main():
    wanted = sys.argv[1:] or PARTS
    if not set(wanted) <= set(PARTS):
        sys.exit(f"parts: {' '.join(PARTS)}")
    with contextlib.ExitStack() as stack:
        bench = Bench(stack)
        print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
              f"Redis {bench.redis.info('server')['redis_version']}, load {os.getloadavg()[0]:.1f}")
        for part in wanted:
            await getattr(bench, part)()


asyncio.run(main())
