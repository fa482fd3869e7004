"""The figures that are told, each made from rounds, with what is aimed at and what a comparable gateway takes."""

from dataclasses import dataclass

from figures import spread

QUIET_SHARE = 0.10
FEWEST_ROUNDS = 3


@dataclass(frozen=True)
class Figure:
    what: str
    unit: str
    median: float
    low: float
    high: float
    aim: float | None = None
    other: str = ""

    def verdict(self):
        """Only what holds for the whole range is certain."""
        if self.aim is None:
            return ""
        if self.high <= self.aim:
            return "met"
        return "**missed**" if self.low > self.aim else "open: the range holds the aim"


def others_share(taken):
    return max(side["others"] for side in taken.values())


def quiet(rounds):
    """Those in which others left the machine alone, if there are enough of them; else all, and the document says so."""
    kept = [taken for taken in rounds if others_share(taken) <= QUIET_SHARE]
    return kept if len(kept) >= FEWEST_ROUNDS else rounds


def cpu(results, scenario, side, what, aim=None, other=""):
    return Figure(what, "µs", *spread(taken[side]["cpu"] for taken in quiet(results[scenario])), aim, other)


def added(results, scenario, side, percent, what, aim=None):
    """What is added to the time without it, by the difference within each round."""
    rounds = quiet(results[scenario])
    return Figure(what, "ms", *spread(taken[side][percent] - taken["direct"][percent] for taken in rounds), aim)


def measured(results, name):
    return name in results


def processor(results):
    rows = (
        ("unary", "gateway", "unary chat over gRPC, 1,000/s", 100, "830–1,060"),
        ("unary-flood", "gateway", "unary chat over gRPC, as many as it can", 100, "830–1,060"),
        ("cached", "gateway", "cached GET, 1,000/s", 30, "330–490"),
        ("cached-flood", "gateway", "cached GET, as many as it can", 30, "330–490"),
        ("deltas", "gateway", "delivered delta, 5,000/s over 100 viewers", 30, "78–112"),
        ("deltas-flood", "gateway", "delivered delta, as many as it can", 10, "22–31"),
    )
    return [cpu(results, *row) for row in rows if measured(results, row[0])]


def compared(results):
    """The same for stores in memory and in Redis, and for what is not this gateway."""
    rows = (
        ("unary", "memory", "unary chat, 1,000/s, stores in memory"),
        ("unary-flood", "memory", "unary chat, as many as it can, stores in memory"),
        ("unary", "constant", "POST of a constant by bare Javalin, 1,000/s"),
        ("unary-flood", "constant", "POST of a constant by bare Javalin, as many as it can"),
        ("unary", "nginx", "the same call of the agent through nginx, 1,000/s"),
        ("unary-flood", "nginx", "the same call of the agent through nginx, as many as it can"),
        ("cached", "constant", "GET of a constant by bare Javalin, 1,000/s"),
        ("cached-flood", "constant", "GET of a constant by bare Javalin, as many as it can"),
        ("deltas", "memory", "delta, 5,000/s, stores in memory"),
        ("deltas", "redis", "delta, 5,000/s, stores in Redis"),
        ("deltas", "nginx", "delta, 5,000/s, through nginx"),
        ("deltas-flood", "memory", "delta, as many as it can, stores in memory"),
        ("deltas-flood", "redis", "delta, as many as it can, stores in Redis"),
        ("deltas-flood", "nginx", "delta, as many as it can, through nginx"),
    )
    return [cpu(results, *row) for row in rows if measured(results, row[0])]


def latency(results, side="gateway"):
    gateway = side == "gateway"
    rows = (
        ("unary", "p50", "unary chat at 1,000/s, p50", 0.4),
        ("unary", "p99", "unary chat at 1,000/s, p99", 2),
        ("unary", "p999", "unary chat at 1,000/s, p99.9", None),
        ("first", "p50", "first delta, p50", 1),
        ("first", "p99", "first delta, p99", 5),
        ("first", "p999", "first delta, p99.9", None),
        ("deltas", "p50", "delta at 5,000/s, p50", None),
        ("deltas", "p99", "delta at 5,000/s, p99", 3.6),
        ("deltas", "p999", "delta at 5,000/s, p99.9", None),
    )
    return [
        added(results, scenario, side, percent, what, aim if gateway else None)
        for scenario, percent, what, aim in rows
        if measured(results, scenario) and side in results[scenario][0]
    ]
