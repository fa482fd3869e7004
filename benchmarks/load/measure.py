"""Called by benchmarks/run: loads a gateway, and what it is compared with, in alternation; writes what it saw."""

import contextlib
import json
import resource
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "shared"))
from bench import Bench, Size  # noqa: E402
from machine import describe  # noqa: E402
from memory import slow_streams, sockets  # noqa: E402
from servers import ROOT  # noqa: E402

PARTS = ["unary", "cached", "first", "deltas", "sockets", "streams"]


def loads(bench, parts):
    """These share their gateways, which have been at work for a while when it counts."""
    if not parts:
        return
    bench.start_all()
    bench.warm_up()
    for part in parts:
        getattr(bench, part)()


def measure(parts, quick):
    # What is started has the same limits; a gateway needs a file for each WebSocket.
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    results = {}
    with contextlib.ExitStack() as stack:
        bench = Bench(stack, Size(quick))
        loads(bench, [part for part in parts if part not in ("sockets", "streams")])
        results |= bench.results
        about = describe(bench.java) | bench.versions
    for part, taken in (("sockets", sockets), ("streams", slow_streams)):
        if part in parts:
            with contextlib.ExitStack() as stack:
                results[part] = taken(Bench(stack, Size(quick)), most)
    return {"about": about, "quick": quick, "results": results}


def main():
    wanted = [part for part in sys.argv[1:] if part != "--quick"]
    if not set(wanted) <= set(PARTS):
        sys.exit(f"parts: {' '.join(PARTS)}")
    told = measure([part for part in PARTS if part in (wanted or PARTS)], "--quick" in sys.argv[1:])
    file = ROOT / "target" / "benchmarks" / ("load-quick.json" if told["quick"] else "load.json")
    file.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    print(f"written: {file.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
