"""What is written into the document, and what is left alone."""

import sys
import unittest
from pathlib import Path

BENCHMARKS = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BENCHMARKS / "shared"))
sys.path.insert(0, str(BENCHMARKS / "report"))
from aims import Figure, added, cpu, quiet  # noqa: E402
from charts import WIDTH, bar, chart, number  # noqa: E402
from document import aimed, put, put_known, told_of  # noqa: E402

PAGE = "before\n<!-- made: a -->\nold\n<!-- made until here: a -->\nafter\n"


def taken(others, gateway=(5.0, 80.0), direct=(4.0, 9.0)):
    return {
        "gateway": {"others": others, "p50": gateway[0], "cpu": gateway[1]},
        "direct": {"others": 0.0, "p50": direct[0], "cpu": direct[1]},
    }


class Parts(unittest.TestCase):
    def test_what_stands_between_the_markers_is_replaced_and_nothing_else(self):
        page = put(PAGE, "a", "new")
        self.assertEqual(page, "before\n<!-- made: a -->\n\nnew\n\n<!-- made until here: a -->\nafter\n")
        self.assertEqual(put(page, "a", "new"), page)

    def test_a_document_without_the_markers_is_not_touched(self):
        with self.assertRaises(ValueError):
            put(PAGE, "b", "new")

    def test_what_is_not_known_any_more_stays(self):
        self.assertEqual(put_known(PAGE, "a", {"deltas": 1}, {"deltas", "sockets"}, str), PAGE)
        self.assertIn("{'deltas': 1}", put_known(PAGE, "a", {"deltas": 1}, {"deltas"}, str))


class Rounds(unittest.TestCase):
    def test_what_is_added_is_the_difference_within_each_round(self):
        pairs = (((5.0, 80), (4.0, 9)), ((9.0, 80), (8.0, 9)), ((3.0, 80), (2.0, 9)))
        results = {"unary": [taken(0, *pair) for pair in pairs]}
        figure = added(results, "unary", "gateway", "p50", "what", 0.4)
        self.assertEqual((figure.median, figure.low, figure.high), (1.0, 1.0, 1.0))
        self.assertEqual(figure.verdict(), "**missed**")

    def test_rounds_in_which_others_worked_do_not_count(self):
        results = {"unary": [taken(0.02), taken(0.05), taken(0.10), taken(0.9, (5.0, 800.0))]}
        self.assertEqual(cpu(results, "unary", "gateway", "what").high, 80.0)

    def test_where_too_few_were_quiet_all_count(self):
        rounds = [taken(0.02), taken(0.5), taken(0.9), taken(0.9)]
        self.assertEqual(quiet(rounds), rounds)


class Charts(unittest.TestCase):
    def test_a_bar_is_as_long_as_its_value(self):
        self.assertEqual(bar(10, 10), "█" * WIDTH)
        self.assertEqual(bar(5, 10), "█" * (WIDTH // 2))
        self.assertEqual(bar(-1, 10), "")

    def test_the_aim_is_marked_in_the_bar(self):
        drawn = chart([Figure("what", "ms", 20, 20, 20, 10.2)])
        self.assertEqual(drawn.split("\n")[1].index("│"), len("what  ") + WIDTH // 2)

    def test_numbers_have_as_many_digits_as_tell_something(self):
        self.assertEqual([number(value) for value in (1234.5, 99.94, 3.149)], ["1,234", "99.9", "3.15"])


class Micro(unittest.TestCase):
    def test_a_figure_that_is_mostly_doubt_is_not_told(self):
        self.assertEqual(told_of(100.0, 5.0, "ns/op"), "100 ± 5.00 ns/op")
        self.assertTrue(told_of(100.0, 51.0, "ns/op").startswith("not known"))
        self.assertTrue(told_of(100.0, float("nan"), "ns/op").startswith("not known"))


class Aims(unittest.TestCase):
    def test_an_aim_that_is_missed_is_said_to_be(self):
        self.assertIn("| **missed** |", aimed([Figure("what", "µs", 102, 101, 103, 100)]))
        self.assertIn("| met |", aimed([Figure("what", "µs", 99, 98, 100, 100)]))

    def test_what_a_range_on_both_sides_of_the_aim_leaves_open_is_not_called_met(self):
        self.assertEqual(Figure("what", "µs", 99, 98, 103, 100).verdict(), "open: the range holds the aim")


if __name__ == "__main__":
    unittest.main()
