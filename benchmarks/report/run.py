"""Called by benchmarks/run: measures the parts that are wanted and writes docs/performance.md anew."""

import argparse
import json
import os
import signal
import subprocess
import sys
import time
import unittest
from pathlib import Path

BENCHMARKS = Path(__file__).resolve().parent.parent
ROOT = BENCHMARKS.parent
sys.path.insert(0, str(BENCHMARKS / "shared"))
sys.path.insert(0, str(BENCHMARKS / "load"))
from document import write  # noqa: E402
from machine import describe, said_by  # noqa: E402
from measure import PARTS as LOADS  # noqa: E402
from measure import measure  # noqa: E402
from servers import find_java  # noqa: E402

DOCUMENT = ROOT / "docs" / "performance.md"
RESULTS = ROOT / "target" / "benchmarks"
WRITTEN = ["jmh", "startup", *LOADS]
# These print their own tables, which stand where they explain something.
PRINTED = {
    "redis": ["redis/run"],
    "limits": ["limits/run"],
    "cache": ["cache/run"],
    "webhooks": ["webhooks/run"],
    "graphql": ["graphql/run"],
    "observed": ["observed/run"],
}
QUICK_JMH = "-f 1 -wi 1 -i 2 -w 1 -r 1".split()


def prove_the_arithmetic():
    tests = unittest.defaultTestLoader.discover(str(BENCHMARKS / "tests"))
    if not unittest.TextTestRunner(stream=sys.stderr, verbosity=0).run(tests).wasSuccessful():
        sys.exit("the arithmetic is wrong: nothing is measured")


def now():
    return time.strftime("%Y-%m-%d %H:%M", time.gmtime()) + " UTC"


def kept(name, quick):
    return RESULTS / (f"{name}-quick.json" if quick else f"{name}.json")


def jmh(quick):
    raw = RESULTS / "jmh-raw.json"
    load = f"{os.getloadavg()[0]:.1f}"
    options = [*(QUICK_JMH if quick else []), "-rf", "json", "-rff", str(raw)]
    subprocess.run([BENCHMARKS / "jmh", *options], check=True)
    told = {"date": now(), "load": load, "jdk": said_by(find_java(), "--version"), "results": json.loads(raw.read_text())}
    kept("jmh", quick).write_text(json.dumps(told, indent=1) + "\n")


def startup(quick):
    load = f"{os.getloadavg()[0]:.1f}"
    command = [BENCHMARKS / "startup", "1" if quick else "5"]
    text = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    kept("startup", quick).write_text(json.dumps({"date": now(), "load": load, "text": text}, indent=1) + "\n")


def loads(parts, quick, rounds):
    """Those that are wanted anew; the others stay as they were measured last."""
    file = kept("load", quick)
    told = json.loads(file.read_text()) if file.exists() else {"results": {}, "dates": {}}
    told["about"] = describe(find_java())

    def keep(name, taken):
        told["results"][name] = taken
        told["dates"][name] = now()
        file.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")

    measure(parts, quick, rounds, keep)


def document(quick):
    """Of all that was measured last. A quick look goes beside the results, as it is not worth to be kept."""
    target = RESULTS / "performance.md" if quick else DOCUMENT
    files = {name: kept(name, quick) for name in ("load", "jmh", "startup")}
    told = {name: json.loads(file.read_text()) for name, file in files.items() if file.exists()}
    target.write_text(write(DOCUMENT.read_text(), **told))
    print(f"written: {target.relative_to(ROOT)}")


def printed(part):
    print(f"\n== {part} ==", flush=True)
    subprocess.run([BENCHMARKS / PRINTED[part][0], *PRINTED[part][1:]], check=True)


def asked():
    parser = argparse.ArgumentParser(prog="benchmarks/run")
    parser.add_argument("parts", nargs="*", help=f"all, or of: {' '.join([*WRITTEN, *PRINTED])} document")
    parser.add_argument("--quick", action="store_true", help="a look, into target/benchmarks/performance.md")
    parser.add_argument("--rounds", type=int, help="how many times each side is measured, in the place of 10 or 3")
    told = parser.parse_args()
    told.parts = [*WRITTEN, *PRINTED] if told.parts == ["all"] else told.parts or WRITTEN
    unknown = set(told.parts) - {*WRITTEN, *PRINTED, "document"}
    if unknown:
        parser.error(f"no part is called {', '.join(sorted(unknown))}")
    return told


def main():
    # What was started is stopped whichever way this ends.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    told = asked()
    prove_the_arithmetic()
    RESULTS.mkdir(parents=True, exist_ok=True)
    load_parts = [part for part in LOADS if part in told.parts]
    if load_parts:
        loads(load_parts, told.quick, told.rounds)
    if "jmh" in told.parts:
        jmh(told.quick)
    if "startup" in told.parts:
        startup(told.quick)
    if set(told.parts) & {*WRITTEN, "document"}:
        document(told.quick)
    for part in PRINTED:
        if part in told.parts:
            printed(part)


if __name__ == "__main__":
    main()
