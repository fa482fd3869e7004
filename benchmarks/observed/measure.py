"""Called by benchmarks/observed/run, which says what it measures."""

import asyncio
import contextlib
import http.client
import http.server
import os
import platform
import statistics
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "shared"))
from servers import Gateway, Source, find_java  # noqa: E402
from viewers import END, PATIENCE_SECONDS, open_session  # noqa: E402

SHORT = sys.argv[1:] == ["short"]
# New processes each time: what the compiler makes of the same code differs from start to start.
STARTS, WARM_UPS, ROUNDS = (1, 4, 6) if SHORT else (3, 6, 10)
VISITORS, CHATS, DELTAS, PACE_MILLIS, SCRAPES = 60, 12, 200, 20, 50
MOST_OF_A_CHAT, MOST_OF_A_DELTA = 1.05, 1.03
ON, OFF, ALSO_OFF = "on", "off", "off again"


class Collector(http.server.BaseHTTPRequestHandler):
    """Takes spans and throws them away."""

    protocol_version = "HTTP/1.1"
    bodies = 0

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        Collector.bodies += 1
        self.send_response(200)
        self.send_header("Content-Type", "application/x-protobuf")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def cpu_seconds(gateway):
    """User and system time of a process, as its clock has it: to the nanosecond, where /proc counts in hundredths."""
    return time.clock_gettime((~gateway.process.pid << 3) | 2)


class Visitor:
    """One session and one connection that stays open, with as little work between reads as can be."""

    def __init__(self, gateway, session):
        self.gateway, self.session = gateway, session
        self.reader = self.writer = None

    async def ask(self, deltas, pace_millis):
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection(self.gateway.host, self.gateway.port)
        body = b'{"message":"%d %d"}' % (deltas, pace_millis)
        lines = ["POST /agent/chat HTTP/1.1", f"Host: {self.gateway.host}:{self.gateway.port}"]
        lines += ["Accept: text/event-stream", "Content-Type: application/json", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in self.session.items()]
        self.writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        kept = b""
        while not (END in kept and kept.endswith(b"\r\n0\r\n\r\n")):
            some = await asyncio.wait_for(self.reader.read(1 << 16), PATIENCE_SECONDS)
            if not some:
                raise SystemExit(f"a stream without an ending: {kept[-300:]}")
            kept = kept[-4096:] + some

    def close(self):
        if self.writer is not None:
            self.writer.close()


async def used(gateway, visitors, times, deltas, pace_millis):
    """Seconds of the gateway's processor while each visitor asks so many times."""

    async def each(visitor):
        for _ in range(times):
            await visitor.ask(deltas, pace_millis)

    before = cpu_seconds(gateway)
    await asyncio.gather(*(each(visitor) for visitor in visitors))
    return cpu_seconds(gateway) - before


async def measure(gateway, visitors):
    """Microseconds of a chat request with an answer of one delta, and of each further delta."""
    chat = await used(gateway, visitors, CHATS, 1, 0) / (VISITORS * CHATS)
    long = await used(gateway, visitors, 1, DELTAS, PACE_MILLIS) / VISITORS
    return chat * 1e6, (long - chat) / (DELTAS - 1) * 1e6


def scrape_millis(gateway):
    connection = http.client.HTTPConnection(gateway.host, gateway.management)
    before = cpu_seconds(gateway)
    for _ in range(SCRAPES):
        connection.request("GET", "/metrics")
        if connection.getresponse().read().count(b"\n") < 100:
            raise SystemExit("there are no metrics to scrape")
    connection.close()
    return (cpu_seconds(gateway) - before) / SCRAPES * 1e3


def order(number):
    """Each gateway is first, second and last as often as the others."""
    names = [ON, OFF, ALSO_OFF]
    turned = names[number % 3:] + names[:number % 3]
    return turned if number % 2 else turned[::-1]


async def one_start(java, target, collector, figures, scrapes):
    options = {
        ON: [f"--tracing.endpoint={collector}", "--tracing.sample=0.1"],
        OFF: ["--metrics.enabled=false"],
        ALSO_OFF: ["--metrics.enabled=false"],
    }
    with contextlib.ExitStack() as stack:
        gateways = {
            name: stack.enter_context(contextlib.closing(Gateway(java, "--data.dir=", target, *given)))
            for name, given in options.items()
        }
        gateways[ON].management = int(gateways[ON].await_line(r"management on http://[^:]+:(\d+)").group(1))
        visitors = {
            name: [Visitor(gateway, await open_session(gateway)) for _ in range(VISITORS)]
            for name, gateway in gateways.items()
        }
        for number in range(WARM_UPS + ROUNDS):
            taken = {name: await measure(gateways[name], visitors[name]) for name in order(number)}
            if number >= WARM_UPS:
                figures.append(taken)
        scrape_millis(gateways[ON])
        scrapes.append(scrape_millis(gateways[ON]))
        for visitor in sum(visitors.values(), []):
            visitor.close()


def row(what, place, figures, most):
    median = {name: statistics.median(taken[name][place] for taken in figures) for name in (OFF, ON)}
    ratios = {
        name: sorted(taken[name][place] / taken[OFF][place] for taken in figures) for name in (ON, ALSO_OFF)
    }
    cells = [f"{median[OFF]:.1f} µs", f"{median[ON]:.1f} µs"]
    for name in (ON, ALSO_OFF):
        cells.append(f"{statistics.median(ratios[name]):.3f} ({ratios[name][1]:.3f}–{ratios[name][-2]:.3f})")
    print(f"| {what} | {' | '.join(cells)} | {most:.2f} |", flush=True)


async def main():
    if sys.argv[1:] and not SHORT:
        sys.exit("either nothing, or: short")
    print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
          f"load {os.getloadavg()[0]:.1f}")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    java, figures, scrapes = find_java(), [], []
    with contextlib.closing(Source(java, "load.PacedAgent")) as agent:
        target = f"--agent.target=dns:///127.0.0.1:{agent.await_line(r'agent on (.+)').group(1)}"
        for _ in range(STARTS):
            await one_start(java, target, f"http://127.0.0.1:{server.server_port}", figures, scrapes)
    if not Collector.bodies:
        sys.exit("no spans came to the collector: nothing was measured")
    print(f"| {len(figures)} rounds | off | on | on : off (second lowest – second highest) | off : off | at most |")
    print("|---|---|---|---|---|---|")
    row("a chat request, with an answer of one delta", 0, figures, MOST_OF_A_CHAT)
    row("each further delta, watched by one", 1, figures, MOST_OF_A_DELTA)
    print(f"A scrape takes {statistics.median(scrapes):.1f} ms of the gateway's processor.")


asyncio.run(main())
