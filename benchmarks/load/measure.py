"""Loads a gateway, and what it is compared with, in alternation."""

import contextlib
import resource

from bench import Bench, Size
from machine import describe
from memory import slow_streams, sockets

PARTS = ["unary", "cached", "first", "deltas", "sockets", "streams"]


def loads(bench, parts):
    """These share their gateways, which have been at work for a while when it counts."""
    if not parts:
        return
    bench.start_all()
    bench.warm_up()
    for part in parts:
        getattr(bench, part)()


def measure(parts, quick, rounds=None):
    # What is started has the same limits; a gateway needs a file for each WebSocket.
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    results = {}
    with contextlib.ExitStack() as stack:
        bench = Bench(stack, Size(quick, rounds))
        loads(bench, [part for part in parts if part not in ("sockets", "streams")])
        results |= bench.results
        about = describe(bench.java) | bench.versions
    for part, taken in (("sockets", sockets), ("streams", slow_streams)):
        if part in parts:
            with contextlib.ExitStack() as stack:
                results[part] = taken(Bench(stack, Size(quick, rounds)), most)
    return {"about": about, "quick": quick, "results": results}
