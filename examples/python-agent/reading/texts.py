"""Files that are text already: plain text, Markdown, CSV and JSON."""

import codecs
import csv
import io
import json
import re

import outcome
from outcome import Block
from sheets import labelled

MAX_BYTES = 4 * outcome.MAX_TEXT_CHARS
HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*")
FENCE = re.compile(r" {0,3}(```+|~~~+)")


def decoded(path):
    """The file's text: by its byte order mark, else UTF-8, else Windows-1252, which fits everything."""
    with open(path, "rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise outcome.too_complex(f"The text has more than {MAX_BYTES} bytes.")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def paragraphs(text):
    return [part.strip() for part in re.split(r"\n[ \t]*(?:\n[ \t]*)+", lines(text)) if part.strip()]


def lines(text):
    return text.replace("\r\n", "\n").replace("\r", "\n")


def plain(path, progress):
    blocks = [Block(text) for text in paragraphs(decoded(path))]
    progress(1)
    return blocks, 0


def markdown(path, progress):
    """Blocks between empty lines, kept as they stand; headings and fenced code are told apart."""
    blocks = []
    gathered = []
    fence = None

    def close():
        text = "\n".join(gathered).strip("\n")
        gathered.clear()
        if text.strip():
            blocks.append(Block(text))

    for line in lines(decoded(path)).split("\n"):
        mark = FENCE.match(line)
        heading = None if fence else HEADING.fullmatch(line)
        if heading:
            close()
            if heading[2]:
                blocks.append(Block(heading[2], len(heading[1])))
        elif not fence and not line.strip():
            close()
        else:
            gathered.append(line)
        if mark and fence is None:
            fence = mark[1]
        elif mark and mark[1].startswith(fence):
            fence = None
    close()
    progress(1)
    return blocks, 0


def table(path, progress):
    text = decoded(path)
    try:
        dialect = csv.Sniffer().sniff(text[:8_192], ",;\t|")
    except csv.Error:
        dialect = csv.excel
    csv.field_size_limit(1 << 20)
    try:
        rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), dialect)]
    except csv.Error as wrong:
        raise outcome.unreadable() from wrong
    progress(1)
    return [Block(line) for line in labelled([row for row in rows if any(row)]) if line], 0


def values(path, progress):
    try:
        root = json.loads(decoded(path))
    except RecursionError as wrong:
        raise outcome.too_complex("The file is nested too deep.") from wrong
    except ValueError as wrong:
        raise outcome.unreadable() from wrong
    progress(1)
    return [Block(line) for line in described(root, "")], 0


def described(value, path):
    """One line for each object: its own values by their names, then its parts, under the way that leads to them."""
    members = value.items() if isinstance(value, dict) else enumerate(value, 1) if isinstance(value, list) else None
    if members is None:
        yield f"{path}: {shown(value)}" if path else shown(value)
        return
    members = list(members)
    own = [(name, part) for name, part in members if not isinstance(part, (dict, list))]
    if own:
        listed = isinstance(value, list)
        line = ", ".join(shown(part) for _, part in own) if listed else "; ".join(
            f"{name}: {shown(part)}" for name, part in own)
        yield f"{path}: {line}" if path else line
    for name, part in members:
        if isinstance(part, (dict, list)):
            yield from described(part, f"{path} {name}".strip())


def shown(value):
    return value if isinstance(value, str) else json.dumps(value)
