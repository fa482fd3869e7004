"""What is said of many measurements: percentiles, medians, and the range in which another run's median would lie."""

import random
import statistics

RESAMPLES = 2_000
CONFIDENCE = 0.95
SEED = 1


def percentile(ordered, percent):
    """The smallest value that at least so many per cent of all are not above (nearest rank). Takes them in order."""
    if not ordered:
        raise ValueError("there is nothing to take a percentile of")
    # Hundredths, as 99.9 % of a thousand is the 999th and not, by a rounding error, the thousandth.
    rank = -(-len(ordered) * round(percent * 100) // 10_000)
    return ordered[max(rank, 1) - 1]


def spread(values):
    """The median, and its 95 % range by bootstrap: the same from every call with the same values."""
    values = list(values)
    if len(values) == 1:
        return values[0], values[0], values[0]
    chance = random.Random(SEED)
    medians = sorted(
        statistics.median(chance.choices(values, k=len(values))) for _ in range(RESAMPLES)
    )
    tail = (1 - CONFIDENCE) / 2 * 100
    return statistics.median(values), percentile(medians, tail), percentile(medians, 100 - tail)
