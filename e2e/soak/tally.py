"""What was done and seen while everything around failed. Safe for use by many threads."""

import collections
import threading


class Tally:
    def __init__(self):
        self.lock = threading.Lock()
        self.counts = collections.Counter()
        self.broken = []
        # What webhooks have to tell of: pairs of a type and whom it is about.
        self.owed = set()

    def count(self, what, many=1):
        with self.lock:
            self.counts[what] += many

    def broke(self, law):
        with self.lock:
            self.broken.append(law)
        print(f"BROKEN: {law}", flush=True)

    def owe(self, kind, subject):
        with self.lock:
            self.owed.add((kind, subject))

    def require(self, holds, law):
        if not holds:
            self.broke(law)
        return holds
