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
    found = []
    path = []
    gathered = []
    start = 0
    offset = 0
    place = None

    def close():
        nonlocal gathered
        if gathered:
            found.append({
                "ordinal": len(found), "page": place[0], "headings": list(place[1]), "start": start,
                "text": SEPARATOR.join(gathered),
            })  # fmt: skip
            gathered = []
            if len(found) > MAX_PASSAGES:
                raise outcome.too_complex(f"The document has more than {MAX_PASSAGES} passages.")

    for done, block in enumerate(blocks, start=1):
        if place is not None and place[0] != block.page:
            path = []
        text = ("#" * block.level + " " if block.level else "") + block.text
        if block.level:
            path = [entry for entry in path if entry[0] < block.level] + [(block.level, heading(block.text))]
        here = (block.page, tuple(words for _, words in path))
        length = sum(len(part) for part in gathered)
        if gathered and (place != here or length + len(text) > PASSAGE_CHARS):
            close()
        place = here
        for piece, skipped in pieces(text):
            if skipped is None and gathered:
                gathered.append(piece)
            else:
                close()
                start = offset + (skipped or 0)
                gathered = [piece]
        offset += utf16_length(text) + len(SEPARATOR)
        progress(done / len(blocks))
    close()
    return found


def heading(text):
    return " ".join(text.split())[:MAX_HEADING_CHARS]


def pieces(text):
    """The text, or its parts where it is long, each with where it begins in it in UTF-16 code units; None if whole."""
    if len(text) <= PASSAGE_CHARS:
        yield text, None
        return
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
