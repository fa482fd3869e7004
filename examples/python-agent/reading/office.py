"""Word and PowerPoint files: Office Open XML, ECMA-376."""

import re

import outcome
from archives import Archive
from outcome import Block

HEADING = re.compile(r"heading (\d)", re.IGNORECASE)


def main_part(archive, folder):
    """The part that the package is about; it lies in the folder of its kind."""
    main = archive.relations("").by_type.get("officeDocument")
    if main is None or main not in archive:
        raise outcome.mismatch(archive.kind)
    if not main.startswith(folder):
        raise outcome.mismatch(archive.kind)
    return main


class Handler:
    def start(self, name, attributes):
        pass

    def end(self, name):
        pass

    def text(self, data):
        pass


def docx(path, progress):
    archive = Archive(path, "docx")
    main = main_part(archive, "word/")
    styles = Styles()
    styles_part = archive.relations(main).by_type.get("styles")
    if styles_part in archive:
        archive.parse(styles_part, styles)
    words = Words(styles.levels)
    archive.parse(main, words)
    progress(1)
    return words.blocks, 0


class Styles(Handler):
    """The levels of heading styles by their ids: the names stand in English in files of every language."""

    def __init__(self):
        self.levels = {}
        self.style = None

    def start(self, name, attributes):
        if name == "style":
            self.style = attributes.get("styleId")
        elif name == "name" and self.style is not None:
            found = HEADING.fullmatch(attributes.get("val", ""))
            if found or attributes.get("val") == "Title":
                self.levels[self.style] = min(int(found[1]), 6) if found else 1


class Words(Handler):
    """Paragraphs; of tables, each row as one."""

    # The older form of what stands beside it.
    SKIPPED = {"Fallback"}

    def __init__(self, levels):
        self.levels = levels
        self.blocks = []
        self.parts = []
        self.cells = []
        self.tables = 0
        self.skipped = 0
        self.in_text = False
        self.level = 0

    def start(self, name, attributes):
        if name in self.SKIPPED:
            self.skipped += 1
        elif name == "t":
            self.in_text = True
        elif name in ("tab", "br", "cr"):
            self.parts.append("\t" if name == "tab" else "\n")
        elif name == "pStyle":
            self.level = self.levels.get(attributes.get("val"), 0)
        elif name == "tbl":
            self.tables += 1
        elif name == "tc":
            self.cells.append([])

    def text(self, data):
        if self.in_text and not self.skipped:
            self.parts.append(data)

    def end(self, name):
        if name in self.SKIPPED:
            self.skipped -= 1
        elif name == "t":
            self.in_text = False
        elif name == "tbl":
            self.tables -= 1
        elif name == "p" and not self.skipped:
            text = "".join(self.parts).strip()
            self.parts = []
            if self.tables and self.cells:
                self.cells[-1].append(text)
            elif text:
                self.blocks.append(Block(text, self.level))
            self.level = 0
        elif name == "tr":
            row = " | ".join(" ".join(cell).strip() for cell in self.cells)
            self.cells = []
            if row.strip(" |"):
                self.blocks.append(Block(row))


def pptx(path, progress):
    archive = Archive(path, "pptx")
    main = main_part(archive, "ppt/")
    order = Order("sldId")
    archive.parse(main, order)
    relations = archive.relations(main).by_id
    blocks = []
    if len(order.ids) > outcome.MAX_PAGES:
        raise outcome.too_complex(f"The presentation has more than {outcome.MAX_PAGES} slides.")
    for number, slide in enumerate(order.ids, start=1):
        lines = Slide(number)
        archive.parse(relations.get(slide, ""), lines)
        blocks += lines.blocks
        progress(number / len(order.ids))
    return blocks, len(order.ids)


class Order(Handler):
    """The ids of parts, and their names where they have any, in the order in which people see them."""

    def __init__(self, element):
        self.element = element
        self.ids = []
        self.names = []

    def start(self, name, attributes):
        if name == self.element and "r:id" in attributes:
            self.ids.append(attributes["r:id"])
            self.names.append(attributes.get("name", ""))


class Slide(Handler):
    def __init__(self, number):
        self.number = number
        self.blocks = []
        self.parts = []
        self.in_text = False
        self.title = False

    def start(self, name, attributes):
        if name == "sp":
            self.title = False
        elif name == "ph":
            self.title = attributes.get("type") in ("title", "ctrTitle")
        elif name == "t":
            self.in_text = True
        elif name in ("br", "tab"):
            self.parts.append("\n")

    def text(self, data):
        if self.in_text:
            self.parts.append(data)

    def end(self, name):
        if name == "t":
            self.in_text = False
        elif name == "p":
            text = "".join(self.parts).strip()
            self.parts = []
            if text:
                self.blocks.append(Block(text, 1 if self.title else 0, self.number))
