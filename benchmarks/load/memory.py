"""What a gateway of its own takes for thousands of idle WebSockets, and for thousands of slow streams."""

import os
import time

from machine import cpu_seconds
from processes import Driver, memory_of

# Files that a gateway has open beside its WebSockets; and an eighth of all is not given to connections.
SPARE_FILES = 300
KEPT_FREE = 8
WARM_UP = 500
DRIVERS = 2
IDLE_SECONDS = 60
PACE_MILLIS = 5_000


def each(before, after, count):
    return {kind: (after[kind] - before[kind]) / count for kind in before}


def room_for(count, most_files):
    """More would wait to be accepted for as long as the others stay."""
    return min(count, most_files - most_files // KEPT_FREE - SPARE_FILES)


def sockets(bench, most_files):
    gateway = bench.gateway()
    pid, count = gateway.process.pid, room_for(bench.size.sockets, most_files)
    drivers = [bench.driver] + [bench.open(Driver(bench.java)) for _ in range(DRIVERS - 1)]
    bench.driver.prepare("sockets", gateway.port, WARM_UP, 0)
    bench.driver.finish()
    before, share = memory_of(bench.java, pid), count // DRIVERS
    for number, driver in enumerate(drivers):
        driver.prepare("sockets", gateway.port, share, number * share)
    after = memory_of(bench.java, pid)
    seconds = IDLE_SECONDS if count > WARM_UP * 10 else 5
    used = cpu_seconds(pid)
    time.sleep(seconds)
    used = (cpu_seconds(pid) - used) / seconds
    held = sum(driver.finish() for driver in drivers)
    told = {"count": share * DRIVERS, "held": held, "core": used, "load": os.getloadavg()[0], "limit": most_files}
    print(f"{held} idle WebSockets of {told['count']}: {each(before, after, held)}", flush=True)
    return told | each(before, after, share * DRIVERS)


def slow_streams(bench, most_files):
    gateway = bench.gateway()
    pid, count = gateway.process.pid, room_for(bench.size.streams, most_files)
    times, words = bench.driver.times, bench.size.slow_words
    bench.driver.prepare("slow", gateway.port, WARM_UP, f"2 {PACE_MILLIS // 10} 0", times)
    bench.driver.finish()
    before = memory_of(bench.java, pid)
    bench.driver.prepare("slow", gateway.port, count, f"{words} {PACE_MILLIS} 0", times)
    after, used, began = memory_of(bench.java, pid), cpu_seconds(pid), time.monotonic()
    seen = bench.driver.finish()
    used, seconds = cpu_seconds(pid) - used, time.monotonic() - began
    told = {"count": count, "words": seen, "expected": count * words, "core": used / seconds}
    told |= {"load": os.getloadavg()[0], "pace": PACE_MILLIS} | each(before, after, count)
    print(f"{count} slow streams: {each(before, after, count)}, {seen} words of {count * words}", flush=True)
    return told | bench.driver.percentiles()
