"""Rewrites the made parts of docs/performance.md: everything between a part's two markers, and nothing else."""

import re

from aims import Figure, compared, latency, others_share, processor, quiet
from charts import chart, number

KIB = 1024
BUSY = """

**These figures were taken while others used the machine.** Processor times are higher than on one that does nothing
else, because caches are shared and compilers came too late: they bound from above what the gateway takes. Differences
of times are mostly those of waiting for a processor, and say little."""


def put(document, name, text):
    """The document with this text between the markers of that name, which have to be there once."""
    begin, end = f"<!-- made: {name} -->", f"<!-- made until here: {name} -->"
    if document.count(begin) != 1 or document.count(end) != 1:
        raise ValueError(f"the document has no one place for {name}")
    before, rest = document.split(begin)
    return f"{before}{begin}\n\n{text.strip()}\n\n{end}{rest.split(end)[1]}"


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def spread_of(figure):
    return f"{number(figure.median)} {figure.unit} ({number(figure.low)} to {number(figure.high)})"


def verdict(figure):
    if figure.aim is None:
        return "", ""
    return f"≤ {figure.aim:g} {figure.unit}", figure.verdict()


def aimed(figures):
    return table(
        ["what", "measured", "aim", "", "comparable NestJS gateway"],
        [[figure.what, spread_of(figure), *verdict(figure), figure.other] for figure in figures],
    )


def plain(figures):
    return table(["what", "measured"], [[figure.what, spread_of(figure)] for figure in figures])


def beside(figures, others):
    known = {figure.what: spread_of(figure) for figure in others}
    return table(
        ["what is added", "by the gateway", "aim", "", "by nginx"],
        [[figure.what, spread_of(figure), *verdict(figure), known.get(figure.what, "–")] for figure in figures],
    )


def about(told):
    lines = [[name, value] for name, value in told["about"].items()]
    return table(["machine and versions", ""], lines) + "\n\n" + noise(told["results"], told.get("dates", {}))


def noise(results, dates):
    """How much others used the machine: without that, nobody knows what a figure is worth."""
    rounds = {name: taken for name, taken in results.items() if isinstance(taken, list)}
    rows = []
    for name, taken in rounds.items():
        shares = sorted(others_share(one) for one in taken)
        kept = quiet(taken)
        rule = "no: too few were quiet" if kept == taken and shares[-1] > 0.1 else "yes"
        used = f"{shares[0]:.0%} to {shares[-1]:.0%}"
        rows.append([name, dates.get(name, ""), len(taken), len(kept), used, rule])
    told = table(["scenario", "", "rounds", "counted", "used by others meanwhile", "quiet rounds alone"], rows)
    return told + (BUSY if any(row[-1].startswith("no") for row in rows) else "")


def memory(results):
    figures, rows = [], []
    for kind in ("sockets", "streams"):
        if kind in results:
            rows.append(f"Load average while {kind} were measured: {results[kind]['load']:.1f}.")
    if "sockets" in results:
        told = results["sockets"]
        name = f"idle WebSocket, of {told['held']:,} held"
        figures.append(Figure(f"{name}, resident", "KiB", *[told["resident"] / KIB] * 3, 11, "16"))
        figures.append(Figure(f"{name}, heap in use", "KiB", *[told["heap"] / KIB] * 3))
        rows.append(f"The {told['held']:,} WebSockets take {told['core']:.1%} of a core while nothing is said: each is "
                    "pinged every 25 s.")
        rows.append(f"Files that a process may open here, which bounds their number: {told['limit']:,}.")
    if "streams" in results:
        told = results["streams"]
        name = f"slow stream, of {told['count']:,} at once"
        figures.append(Figure(f"{name}, resident", "KiB", *[told["resident"] / KIB] * 3))
        figures.append(Figure(f"{name}, heap in use", "KiB", *[told["heap"] / KIB] * 3))
        rows.append(f"Of {told['expected']:,} words that were said over {told['count']:,} streams, one each "
                    f"{told['pace'] / 1000:g} s, {told['words']:,} came; the gateway "
                    f"took {told['core']:.0%} of a core.")
    lines = [[figure.what, f"{number(figure.median)} KiB", *verdict(figure), figure.other] for figure in figures]
    return table(["what", "measured", "aim", "", "comparable NestJS gateway"], lines) + "\n\n" + "\n\n".join(rows)


def redis(results):
    rounds = quiet(results["deltas"])
    rows = []
    kinds = (("scripts", "scripts that a node calls"), ("commands", "commands that Redis does, in scripts too"))
    for kind, what in kinds:
        values = [taken["redis"][kind] for taken in rounds]
        rows.append([what, f"{min(values):.3f} to {max(values):.3f}"])
    return table(["of each delta, 100 viewers on the node that makes the answer", "rounds"], rows)


def told_of(score, error, unit):
    """A figure that is mostly doubt is not told."""
    if not error <= score / 2:
        return f"not known: the machine was too busy (± {number(error)} {unit})"
    return f"{number(score)} ± {number(error)} {unit}"


def micro(told):
    rows = []
    for one in told["results"]:
        params = ", ".join(f"{name} {value}" for name, value in one.get("params", {}).items())
        score = one["primaryMetric"]
        name = re.sub(r".*\.(\w+)\.(\w+)$", r"\1, \2", one["benchmark"])
        name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.replace("Benchmark", "")).lower()
        rows.append([name, params, told_of(float(score["score"]), float(score["scoreError"]), score["scoreUnit"])])
    heading = f"{told['date']}, load {told['load']} before, JDK {told['jdk']}"
    return heading + ":\n\n" + table(["what", "with", "time of one"], rows)


def put_known(document, name, results, needed, told):
    """Results lie where a clean build removes them: what is not known any more stays as it was written."""
    return put(document, name, told(results)) if needed <= results.keys() else document


def write(document, load=None, jmh=None, startup=None):
    """The document with whatever was measured anew."""
    if load is not None:
        results = load["results"]
        costs, adds = processor(results), latency(results)
        document = put(document, "machine", about(load))
        document = put(document, "latency", beside(adds, latency(results, "nginx")) + "\n\n" + chart(adds))
        document = put(document, "processor", aimed(costs) + "\n\n" + chart(costs) + "\n\n" + plain(compared(results)))
        document = put_known(document, "memory", results, {"sockets", "streams"}, memory)
        document = put_known(document, "redis", results, {"deltas"}, redis)
    if jmh is not None:
        document = put(document, "jmh", micro(jmh))
    if startup is not None:
        text = f"{startup['date']}, load {startup['load']} before:\n\n```\n{startup['text'].rstrip()}\n```"
        document = put(document, "startup", text)
    return document
