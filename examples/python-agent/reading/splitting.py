"""From blocks to passages: pieces of the text that are long enough to say something and short enough to be quoted."""

import re

import outcome

PASSAGE_CHARS = 1_000
MAX_PASSAGES = 100_000
MAX_HEADING_CHARS = 200
SEPARATOR = "\n\n"
# Where a long block may be cut: behind a sentence, else at a line or space, else anywhere but inside a pair.
SENTENCE = re.compile(r"[.!?…。！？]['\"”’)\]]*\s+|\n")


def utf16_length(text):
    return len(text) + sum(1 for character in text if character > "\uffff")


def passages(blocks, progress):
    """Dictionaries with what SearchPassages gives back; the document's text is its blocks, SEPARATOR between them."""
    splitter = Splitter()
    for done, block in enumerate(blocks, start=1):
        splitter.add(block)
        progress(done / len(blocks))
    splitter.close()
    return splitter.found


class Splitter:
    """Gathers blocks of one place, which is a page and the headings above, until they are long enough."""

    def __init__(self):
        self.found = []
        self.offset = 0
        self.path = []
        self.place = (0, ())
        self.gathered = []
        self.start = 0

    def add(self, block):
        if block.page != self.place[0]:
            self.path = []
        text = block.text
        if block.level:
            text = "#" * block.level + " " + text
            self.path = [entry for entry in self.path if entry[0] < block.level]
            self.path.append((block.level, heading(block.text)))
        place = (block.page, tuple(words for _, words in self.path))
        if place != self.place or sum(map(len, self.gathered)) + len(text) > PASSAGE_CHARS:
            self.close()
        self.place = place
        if len(text) <= PASSAGE_CHARS:
            self.gather(text, self.offset)
        else:
            for piece, skipped in pieces(text):
                self.close()
                self.gather(piece, self.offset + skipped)
        self.offset += utf16_length(text) + len(SEPARATOR)

    def gather(self, text, start):
        if not self.gathered:
            self.start = start
        self.gathered.append(text)

    def close(self):
        """Makes a passage of what is gathered, if anything is."""
        if not self.gathered:
            return
        page, headings = self.place
        text = SEPARATOR.join(self.gathered)
        self.found.append(
            {"ordinal": len(self.found), "page": page, "headings": headings, "start": self.start, "text": text}
        )
        self.gathered = []
        if len(self.found) > MAX_PASSAGES:
            raise outcome.too_complex(f"The document has more than {MAX_PASSAGES} passages.")


def heading(text):
    return " ".join(text.split())[:MAX_HEADING_CHARS]


def pieces(text):
    """The parts of a long text, each with where it begins in it, in UTF-16 code units."""
    begin = 0
    units = 0
    while begin < len(text):
        end = cut(text, begin)
        piece = text[begin:end]
        kept = piece.strip()
        if kept:
            yield kept, units + utf16_length(piece[: piece.index(kept)])
        units += utf16_length(piece)
        begin = end


def cut(text, begin):
    limit = begin + PASSAGE_CHARS
    if len(text) <= limit:
        return len(text)
    ends = [match.end() for match in SENTENCE.finditer(text, begin, limit)]
    if ends and ends[-1] > begin + PASSAGE_CHARS // 2:
        return ends[-1]
    space = text.rfind(" ", begin + PASSAGE_CHARS // 2, limit)
    return space + 1 if space > 0 else limit
