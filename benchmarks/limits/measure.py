"""Counted, counted in shadow (which tells the caller nothing) and not counted, in turn: an administrator switches the
policies while the gateway runs."""

import json
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "shared"))
from calls import micros_per_call, request  # noqa: E402
from servers import Gateway, Redis, find_java  # noqa: E402

ROUNDS = 16
KEY = "an administrators key"
POLICIES = {
    "all": "all: 100000000 per 1m by address on all",
    "reads": "reads: 100000000 per 1m by session on reads",
}


def switch(port, names, shadow=""):
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
    for name, sentence in POLICIES.items():
        wanted = sentence + shadow if name in names else "off"
        request(port, "PUT", f"/rate-limits/{name}", headers, json.dumps({"policy": wanted}))


def measure(name, gateway):
    session = request(gateway.port, "POST", "/sessions", {})
    bearer = {"Authorization": f"Bearer {session['token']}"}
    cases = [
        ("GET /agent/tools, 1 policy", "/agent/tools", {}, {"all"}),
        ("GET /sessions/current, 2 policies", "/sessions/current", bearer, {"all", "reads"}),
    ]
    for title, path, headers, names in cases:
        for _ in range(5):
            micros_per_call(gateway, path, headers)
        without, shadow, counted = [], [], []
        for _ in range(ROUNDS):
            switch(gateway.port, set())
            without.append(micros_per_call(gateway, path, headers))
            switch(gateway.port, names, " shadow")
            shadow.append(micros_per_call(gateway, path, headers))
            switch(gateway.port, names)
            counted.append(micros_per_call(gateway, path, headers))
        print(
            f"| {name} | {title} | {statistics.median(without):.0f} | {statistics.median(shadow):.0f} "
            f"| {statistics.median(counted):.0f} | {ratio(shadow, without)} | {ratio(counted, without)} |",
            flush=True,
        )


def ratio(ones, others):
    """Of the medians, and between which quarters those of single rounds lie."""
    each = sorted(one / other for one, other in zip(ones, others))
    whole = statistics.median(ones) / statistics.median(others)
    return f"{whole:.2f} ({each[len(each) // 4]:.2f}–{each[-len(each) // 4 - 1]:.2f})"


def main():
    java = find_java()
    options = (f"--admin.keys={KEY}", f"--rate-limits.policies={', '.join(POLICIES.values())}", "--data.dir=")
    print("| stores | call | µs of the gateway, not counted | in shadow | counted and told | check alone | all |")
    print("|---|---|---|---|---|---|---|")
    gateway = Gateway(java, *options)
    try:
        measure("embedded", gateway)
    finally:
        gateway.close()
    redis = Redis()
    try:
        gateway = Gateway(java, f"--redis.url={redis.url}", *options)
        try:
            measure("Redis", gateway)
        finally:
            gateway.close()
    finally:
        redis.close()


if __name__ == "__main__":
    main()
