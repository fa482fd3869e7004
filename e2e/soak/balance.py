"""What must be equal when all is over, and what must be back at what it was."""

import collections
import json
import os
import re
import subprocess
import time
from pathlib import Path

SETTLED_WITHIN_SECONDS = 150
SUBJECTS = {"chat": "runId", "session": "sessionId", "document": "documentId"}
# Pools keep a few threads and connections, and what is held near in memory is not lost memory.
SLACK = {"threads": 12, "files": 16, "sockets": 12, "heap MiB": 24, "temporary files": 0}


def told(receiver):
    """What the receiver wrote down: for each pair of a type and a subject the ids that it came by."""
    ids, unverified, doubled = collections.defaultdict(set), [], 0
    path = receiver.folder / "told"
    for line in path.read_text().splitlines() if path.exists() else []:
        event = json.loads(line)
        if "unverified" in event:
            unverified.append(event["unverified"])
            continue
        subject = event["data"].get(SUBJECTS.get(event["type"].split(".")[0]))
        known = ids[event["type"], subject]
        doubled += event["id"] in known
        known.add(event["id"])
    return ids, unverified, doubled


def check_webhooks(tally, receiver):
    end = time.monotonic() + SETTLED_WITHIN_SECONDS
    ids, unverified, doubled = told(receiver)
    while not tally.owed <= ids.keys() and time.monotonic() < end:
        time.sleep(0.5)
        ids, unverified, doubled = told(receiver)
    missing = tally.owed - ids.keys()
    tally.count("webhook events owed", len(tally.owed))
    tally.count("webhook events delivered", len(tally.owed) - len(missing))
    tally.count("webhook deliveries repeated", doubled)
    tally.require(not missing, f"{len(missing)} events were never delivered, such as {sorted(missing)[:3]}")
    tally.require(not unverified, f"{len(unverified)} deliveries do not verify, such as {unverified[:1]}")
    several = {what: found for what, found in ids.items() if what in tally.owed and len(found) > 1}
    tally.require(not several, f"{len(several)} events came by several ids, such as {list(several.items())[:2]}")


def check_counts(tally):
    counts = tally.counts
    accepted = counts["messages accepted"]
    for what in ("runs ended", "endings seen", "messages in histories"):
        tally.require(counts[what] == accepted, f"{accepted} messages were accepted, and {what} are {counts[what]}")
    tally.require(
        counts["documents accepted"] == counts["documents ingested"], "not every accepted document was ingested"
    )
    tally.require(accepted > 0 and counts["documents accepted"] > 0, "nothing happened")


def measure(process, jcmd):
    """What a gateway holds: its heap after a collection."""
    pid = process.pid()
    for _ in range(2):
        subprocess.run([jcmd, str(pid), "GC.run"], check=True, stdout=subprocess.DEVNULL)
    heap = subprocess.run([jcmd, str(pid), "GC.heap_info"], check=True, stdout=subprocess.PIPE, text=True).stdout
    used = sum(map(int, re.findall(r"total \d+K, used (\d+)K", heap)))
    links = []
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        try:
            links.append(os.readlink(descriptor))
        except FileNotFoundError:
            pass
    return {
        "threads": len(list(Path(f"/proc/{pid}/task").iterdir())),
        "files": len(links),
        "sockets": sum(link.startswith("socket:") for link in links),
        "heap MiB": used / 1024,
        "temporary files": sum(
            1 for path in process.tmp.rglob("*") if path.is_file() and not path.parent.name.startswith("hsperfdata")
        ),
    }


def excess(before, after):
    return {what: (before[what], after[what]) for what in before if after[what] > before[what] + SLACK[what]}


def check_leaks(tally, process, jcmd, before):
    """It is back at what it was, within the time that idle connections and threads are kept."""
    end = time.monotonic() + SETTLED_WITHIN_SECONDS
    after = measure(process, jcmd)
    while excess(before, after) and time.monotonic() < end:
        time.sleep(5)
        after = measure(process, jcmd)
    for what in before:
        print(f"  {process.name}, {what}: {before[what]:.0f} before, {after[what]:.0f} after")
    tally.require(not excess(before, after), f"{process.name} has kept {excess(before, after)}")


def check_logs(tally, processes):
    """Faults are told of; what nobody thought of would be a defect."""
    for process in processes:
        defects = [line for line in process.said().splitlines() if "unexpected failure" in line]
        tally.require(not defects, f"{process.name} logged {len(defects)} unexpected failures: {defects[:3]}")
