"""One fault after the other, chosen by a seed. Each is over when the next begins, so that somebody can always go on."""

import random
import time


class Faults:
    def __init__(self, parts, tally, seed):
        self.parts, self.tally, self.random = parts, tally, random.Random(seed)
        lasting, mortal = parts.gateways
        self.kinds = [
            ("gateway killed", lambda: self.kill(mortal, 0, 2)),
            ("receiver killed", lambda: self.kill(parts.receiver, 0, 4)),
            ("redis killed", lambda: self.kill(parts.redis, 0, 4)),
            ("agent killed", lambda: self.kill(parts.agent, 0, 3)),
            ("documents killed", lambda: self.kill(parts.documents, 0, 3)),
            ("gateway stopped", lambda: self.stop(mortal)),
            # It is never killed, so that what it leaves behind over the whole time adds up.
            ("lasting gateway frozen", lambda: self.freeze(lasting, 5)),
            ("gateway frozen", lambda: self.freeze(mortal, 6)),
            ("redis frozen", lambda: self.freeze(parts.redis, 5)),
            ("agent frozen", lambda: self.freeze(parts.agent, 5)),
            ("documents frozen", lambda: self.freeze(parts.documents, 5)),
            ("receiver frozen", lambda: self.freeze(parts.receiver, 7)),
        ]

    def happen_until(self, end):
        """Each of them once, and then any, until the time is over."""
        order = list(self.kinds)
        self.random.shuffle(order)
        count = 0
        while count < len(order) or time.monotonic() < end:
            self.wait(1, 4)
            name, happen = order[count] if count < len(order) else self.random.choice(self.kinds)
            print(f"{time.strftime('%H:%M:%S')} {name}", flush=True)
            happen()
            self.tally.count("faults")
            self.tally.count(f"faults: {name}")
            count += 1

    def kill(self, process, least, most):
        process.kill()
        self.wait(least, most)
        process.start().await_listening()

    def stop(self, process):
        code = process.stop()
        if code not in (0, 143):
            self.tally.broke(f"{process.name} was told to stop and ended with {code}")
        process.start().await_listening()

    def freeze(self, process, most):
        process.freeze()
        self.wait(0.2, most)
        process.thaw()

    def wait(self, least, most):
        time.sleep(self.random.uniform(least, most))
