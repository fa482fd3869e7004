"""HTML: what a reader would see of it."""

import html.parser
import re

from outcome import Block
from texts import decoded

SKIPPED = {"script", "style", "template", "noscript", "head", "svg", "math", "object"}
VOID = {"br", "hr", "img", "input", "meta", "link", "wbr", "area", "base", "col", "embed", "source", "track"}
INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
    "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img",
}  # fmt: skip
SPACES = re.compile(r"[ \t\n\r\f]+")


def html_file(path, progress):
    blocks = page(decoded(path))
    progress(1)
    return blocks, 0


def page(text):
    reader = Reader()
    reader.feed(text)
    reader.close()
    reader.finish()
    return reader.blocks


class Reader(html.parser.HTMLParser):
    """Every element that is not part of a line ends a block; a table's row is one block. Knows no document types."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.blocks = []
        self.parts = []
        self.skipping = None
        self.depth = 0
        self.rows = 0
        self.level = 0
        self.pre = 0

    def handle_starttag(self, tag, attributes):
        if self.skipping:
            self.depth += tag == self.skipping
            return
        # A head without an end would swallow the page.
        if tag == "body":
            return
        if tag in SKIPPED:
            self.skipping, self.depth = tag, 1
        elif tag == "br":
            self.parts.append("\n")
        elif tag in ("td", "th"):
            if self.parts:
                self.parts.append(" | ")
        elif tag == "tr":
            self.finish()
            self.rows += 1
        elif tag not in INLINE and not self.rows:
            self.finish()
            self.pre += tag == "pre"
            self.level = int(tag[1]) if re.fullmatch("h[1-6]", tag) else 0
            if tag == "li":
                self.parts.append("- ")

    def handle_endtag(self, tag):
        if self.skipping:
            self.depth -= tag == self.skipping
            if not self.depth:
                self.skipping = None
        elif tag == "tr":
            self.rows = max(0, self.rows - 1)
            self.finish()
        elif tag not in INLINE and tag not in VOID and not self.rows:
            self.finish()
            if tag == "pre":
                self.pre = max(0, self.pre - 1)

    def handle_startendtag(self, tag, attributes):
        if tag not in SKIPPED:
            self.handle_starttag(tag, attributes)

    def handle_data(self, data):
        if not self.skipping:
            self.parts.append(data if self.pre else SPACES.sub(" ", data))

    def finish(self):
        text = "".join(self.parts)
        text = text.strip("\n") if self.pre else re.sub(r" *\n *", "\n", re.sub(" +", " ", text)).strip()
        self.parts = []
        if text.strip(" -|\n"):
            self.blocks.append(Block(text, self.level))
        self.level = 0
