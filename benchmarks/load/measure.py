"""Loads a gateway, and what it is compared with, in alternation."""

import contextlib
import resource

from bench import Bench, Size
from memory import slow_streams, sockets

PARTS = ["unary", "cached", "first", "deltas", "sockets", "streams"]


def loads(bench, parts):
    """These share their gateways, which have been at work for a while when it counts."""
    bench.start_all()
    bench.warm_up()
    for part in parts:
        getattr(bench, part)()


def measure(parts, quick, rounds, keep):
    """Hands over what is known after each scenario, so that a run that is broken off is not lost."""
    # What is started has the same limits; a gateway needs a file for each WebSocket.
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    alone = {"sockets": sockets, "streams": slow_streams}
    paired = [part for part in parts if part not in alone]
    if paired:
        with contextlib.ExitStack() as stack:
            loads(Bench(stack, Size(quick, rounds), keep), paired)
    for part in parts:
        if part in alone:
            with contextlib.ExitStack() as stack:
                bench = Bench(stack, Size(quick, rounds), keep)
                keep(part, alone[part](bench, most))
