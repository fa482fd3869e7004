"""See run. The same seed brings the same faults in the same order, and the same wishes of the guests."""

import argparse
import base64
import contextlib
import json
import random
import secrets
import shutil
import tempfile
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import balance
import processes
import wire
from faults import Faults
from guest import Guest
from tally import Tally

GUESTS = 8
WARM_UP_SECONDS = 15
READY_WITHIN_SECONDS = 60
KNOWN_WITHIN_SECONDS = 10
TYPES = [
    "chat.run.completed",
    "chat.run.failed",
    "chat.run.cancelled",
    "session.opened",
    "session.ended",
    "document.ingested",
    "document.failed",
]


def start(folder, secret, stack):
    java = processes.find_java()
    program = processes.Java(java, folder)
    redis, agent, receiver = processes.redis(folder), processes.agent(folder), processes.receiver(folder, secret)
    documents = program.documents()
    first = [redis, agent, receiver, documents]
    gateways = [program.gateway(f"gateway-{number}", redis, agent, documents) for number in (1, 2)]
    for some in (first, gateways):
        for process in some:
            stack.callback(process.close)
            process.start()
        for process in some:
            process.await_listening()
    jcmd = Path(java).with_name("jcmd")
    return SimpleNamespace(
        redis=redis, agent=agent, receiver=receiver, documents=documents, gateways=gateways, jcmd=jcmd
    )


def register(parts, secret):
    """Both gateways know of the receiver before anything happens that it is to be told."""
    url = f"http://127.0.0.1:{parts.receiver.port}/"
    wish = json.dumps({"url": url, "eventTypes": TYPES, "secret": secret})
    end = time.monotonic() + READY_WITHIN_SECONDS
    status = said = None
    while status != 201:
        if time.monotonic() > end:
            raise SystemExit(f"POST /webhooks: {status} {said}")
        try:
            status, _, said = wire.request(parts.gateways[0].port, "POST", "/webhooks", processes.KEY, wish)
        except wire.LOST as lost:
            said = repr(lost)
    time.sleep(KNOWN_WITHIN_SECONDS)


def visit(parts, tally, seed, meanwhile):
    """Guests come, do what they do while something else happens, and finish what they have begun."""
    over = threading.Event()
    ports = [gateway.port for gateway in parts.gateways]
    guests = [
        threading.Thread(target=Guest(f"g{seed}-{number}", ports, random.Random(seed * 100 + number), tally, over).stay)
        for number in range(GUESTS)
    ]
    for guest in guests:
        guest.start()
    try:
        meanwhile()
    finally:
        over.set()
        for guest in guests:
            guest.join()


def report(tally, seconds, seed):
    print(f"\nseed {seed}, {seconds} s")
    for what, count in sorted(tally.counts.items()):
        print(f"  {what:32} {count:8}")
    print("  " + ("none lost, none doubled, nothing left behind" if not tally.broken else "BROKEN:"))
    for law in tally.broken[:20]:
        print(f"    {law}")


def play(parts, chosen, secret):
    tally = Tally()
    register(parts, secret)
    visit(parts, tally, chosen.seed + 1_000_000, lambda: time.sleep(WARM_UP_SECONDS))
    lasting, mortal = parts.gateways
    before = balance.measure(lasting, parts.jcmd)
    faults = Faults(parts, tally, chosen.seed)
    end = time.monotonic() + chosen.minutes * 60
    visit(parts, tally, chosen.seed, lambda: faults.happen_until(end))
    balance.check_webhooks(tally, parts.receiver)
    balance.check_counts(tally)
    balance.check_leaks(tally, lasting, parts.jcmd, before)
    for gateway in (lasting, mortal):
        code = gateway.stop()
        tally.require(code in (0, 143), f"{gateway.name} ended with {code}")
    balance.check_logs(tally, parts.gateways)
    return tally


def main():
    options = argparse.ArgumentParser(prog="run", description="Faults under mixed traffic, with a balance at the end.")
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--seed", type=int, default=20_261_128)
    options.add_argument("--keep", action="store_true", help="keeps all logs, as is done when a law is broken")
    chosen = options.parse_args()
    secret = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
    folder = Path(tempfile.mkdtemp(prefix="soak-"))
    print(f"in {folder}", flush=True)
    began = time.monotonic()
    with contextlib.ExitStack() as stack:
        tally = play(start(folder, secret, stack), chosen, secret)
    report(tally, round(time.monotonic() - began), chosen.seed)
    if not chosen.keep and not tally.broken:
        shutil.rmtree(folder)
    raise SystemExit(1 if tally.broken else 0)


if __name__ == "__main__":
    main()
