"""Called by benchmarks/run: measures the parts that are wanted and writes docs/performance.md anew."""

import argparse
import json
import os
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
from machine import said_by  # noqa: E402
from measure import PARTS as LOADS  # noqa: E402
from measure import measure  # noqa: E402
from servers import find_java  # noqa: E402

DOCUMENT = ROOT / "docs" / "performance.md"
RESULTS = ROOT / "target" / "benchmarks"
WRITTEN = ["jmh", *LOADS]
# These print their own tables, which stand where they explain something.
PRINTED = {
    "startup": ["startup"],
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


def jmh(quick):
    file = RESULTS / "jmh-raw.json"
    load = f"{os.getloadavg()[0]:.1f}"
    options = [*(QUICK_JMH if quick else []), "-rf", "json", "-rff", str(file)]
    # What its last line says comes to the file; what it says meanwhile is for who watches.
    subprocess.run([BENCHMARKS / "jmh", *options], check=True)
    told = {
        "date": time.strftime("%Y-%m-%d %H:%M", time.gmtime()) + " UTC",
        "load": load,
        "jdk": said_by(find_java(), "--version"),
        "results": json.loads(file.read_text()),
    }
    kept = RESULTS / ("jmh-quick.json" if quick else "jmh.json")
    kept.write_text(json.dumps(told, indent=1) + "\n")
    return told


def loads(parts, quick, rounds):
    """Those that are wanted anew; the others stay as they were measured last."""
    kept = RESULTS / ("load-quick.json" if quick else "load.json")
    told = measure(parts, quick, rounds)
    if kept.exists():
        told["results"] = json.loads(kept.read_text())["results"] | told["results"]
    kept.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    return told


def printed(part):
    print(f"\n== {part} ==", flush=True)
    subprocess.run([BENCHMARKS / PRINTED[part][0], *PRINTED[part][1:]], check=True)


def document(load, micro, quick):
    """A quick look goes beside the results, as it is not worth to be kept."""
    target = RESULTS / "performance.md" if quick else DOCUMENT
    target.write_text(write(DOCUMENT.read_text(), load, micro))
    print(f"written: {target.relative_to(ROOT)}")


def asked():
    parser = argparse.ArgumentParser(prog="benchmarks/run")
    parser.add_argument("parts", nargs="*", help=f"all, or of: {' '.join([*WRITTEN, *PRINTED])}")
    parser.add_argument("--quick", action="store_true", help="a look, into target/benchmarks/performance.md")
    parser.add_argument("--rounds", type=int, help="how many times each side is measured, in the place of 10 or 3")
    told = parser.parse_args()
    told.parts = [*WRITTEN, *PRINTED] if told.parts == ["all"] else told.parts or WRITTEN
    unknown = set(told.parts) - set(WRITTEN) - set(PRINTED)
    if unknown:
        parser.error(f"no part is called {', '.join(sorted(unknown))}")
    return told


def main():
    told = asked()
    prove_the_arithmetic()
    RESULTS.mkdir(parents=True, exist_ok=True)
    load_parts = [part for part in LOADS if part in told.parts]
    load = loads(load_parts, told.quick, told.rounds) if load_parts else None
    micro = jmh(told.quick) if "jmh" in told.parts else None
    if load or micro:
        document(load, micro, told.quick)
    for part in PRINTED:
        if part in told.parts:
            printed(part)


if __name__ == "__main__":
    main()
