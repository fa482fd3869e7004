"""What is kept against a constant, in turn within one run."""

import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "shared"))
from calls import micros_per_call, request  # noqa: E402
from servers import Gateway, Redis, find_java  # noqa: E402

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 12
CONSTANT = "/health/live"


def reads_of(redis):
    """What a question about a session or an entry would be; leases and health ask other things all the time."""
    calls = redis.calls()
    return calls.get("hmget", 0) + calls.get("get", 0)


def measure(name, gateway, redis):
    session = request(gateway.port, "POST", "/sessions", {})
    bearer = {"Authorization": f"Bearer {session['token']}"}
    for title, path, headers in [
        ("GET /agent/tools", "/agent/tools", {}),
        ("GET /documents, with a session", "/documents", bearer),
    ]:
        for _ in range(3):
            micros_per_call(gateway, path, headers)
            micros_per_call(gateway, CONSTANT, {})
        constant, kept, commands = [], [], 0
        for _ in range(ROUNDS):
            constant.append(micros_per_call(gateway, CONSTANT, {}))
            before = reads_of(redis) if redis else 0
            kept.append(micros_per_call(gateway, path, headers))
            commands += reads_of(redis) - before if redis else 0
        ratios = sorted(one / other for one, other in zip(constant, kept))
        print(
            f"| {name} | {title} | {statistics.median(constant):.0f} | {statistics.median(kept):.0f} "
            f"| {statistics.median(ratios):.2f} ({ratios[1]:.2f}–{ratios[-2]:.2f}) "
            f"| {commands if redis else '–'} |",
            flush=True,
        )


def main():
    java = find_java()
    options = ("--data.dir=", "--cache.tools=1h", "--cache.documents=1h")
    print("| stores | call | µs, constant | µs, kept | throughput per CPU against the constant | reads of Redis |")
    print("|---|---|---|---|---|---|")
    gateway = Gateway(java, *options)
    try:
        measure("embedded", gateway, None)
    finally:
        gateway.close()
    redis = Redis()
    try:
        gateway = Gateway(java, f"--redis.url={redis.url}", *options)
        try:
            measure("Redis", gateway, redis)
        finally:
            gateway.close()
    finally:
        redis.close()


if __name__ == "__main__":
    main()
