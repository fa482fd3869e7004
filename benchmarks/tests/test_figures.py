"""Run by benchmarks/run before anything is measured: figures are worth as much as the arithmetic behind them."""

import random
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "shared"))
from figures import percentile, spread  # noqa: E402


class Percentiles(unittest.TestCase):
    def test_the_median_of_an_odd_number_is_the_middle_one(self):
        self.assertEqual(percentile([1, 2, 30], 50), 2)

    def test_a_percentile_is_a_value_that_was_seen_and_not_one_between_two(self):
        self.assertEqual(percentile([1, 100], 50), 1)
        self.assertEqual(percentile([1, 100], 51), 100)

    def test_99_9_percent_of_a_thousand_leave_the_highest_out_and_of_fewer_do_not(self):
        self.assertEqual(percentile(list(range(1, 1_001)), 99.9), 999)
        self.assertEqual(percentile(list(range(1, 100)), 99.9), 99)

    def test_0_and_100_percent_are_the_lowest_and_the_highest(self):
        self.assertEqual(percentile([3, 5, 7], 0), 3)
        self.assertEqual(percentile([3, 5, 7], 100), 7)

    def test_of_nothing_there_is_no_percentile(self):
        with self.assertRaises(ValueError):
            percentile([], 50)


class Spreads(unittest.TestCase):
    def test_values_that_are_all_the_same_leave_no_doubt(self):
        self.assertEqual(spread([4.0] * 10), (4.0, 4.0, 4.0))

    def test_one_value_alone_is_its_own_range(self):
        self.assertEqual(spread([7]), (7, 7, 7))

    def test_the_range_holds_the_median_and_lies_within_what_was_seen(self):
        median, low, high = spread([5, 1, 9, 3, 7])
        self.assertEqual(median, 5)
        self.assertTrue(1 <= low < 5 < high <= 9)

    def test_one_wild_value_of_many_moves_neither_the_median_nor_the_range_far(self):
        median, low, high = spread([10, 11, 10, 12, 11, 10, 11, 12, 11, 900])
        self.assertEqual(median, 11)
        self.assertTrue(10 <= low and high <= 12)

    def test_the_range_is_the_same_whenever_it_is_asked_for(self):
        self.assertEqual(spread([3, 1, 4, 1, 5, 9, 2, 6]), spread([3, 1, 4, 1, 5, 9, 2, 6]))

    def test_the_range_holds_the_truth_about_as_often_as_it_says(self):
        chance, held = random.Random(2), 0
        for _ in range(60):
            _, low, high = spread([chance.gauss(50, 5) for _ in range(12)])
            held += low <= 50 <= high
        self.assertGreater(held / 60, 0.8)
        self.assertLess(held, 60)


if __name__ == "__main__":
    unittest.main()
