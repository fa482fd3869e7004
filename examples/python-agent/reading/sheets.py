"""Excel workbooks: Office Open XML, ECMA-376; and what every table has in common."""

import re

import outcome
from archives import Archive
from office import Handler, Order, main_part
from outcome import Block

MAX_CELLS = 1_000_000


def xlsx(path, progress):
    archive = Archive(path, "xlsx")
    main = main_part(archive, "xl/")
    order = Order("sheet")
    archive.parse(main, order)
    relations = archive.relations(main)
    strings = Strings()
    if relations.by_type.get("sharedStrings") in archive:
        archive.parse(relations.by_type["sharedStrings"], strings)
    blocks = []
    cells = 0
    for number, (sheet, name) in enumerate(zip(order.ids, order.names), start=1):
        rows = Rows(strings.all, MAX_CELLS - cells)
        part = relations.by_id.get(sheet, "")
        # A sheet that is a chart has no cells.
        if "/chartsheets/" not in f"/{part}":
            archive.parse(part, rows)
        cells += rows.cells
        if rows.rows and name:
            blocks.append(Block(name, 1, number))
        blocks += [Block(line, 0, number) for line in labelled(rows.rows)]
        progress(number / len(order.ids))
    return blocks, len(order.ids)


def labelled(rows):
    """Rows as lines; where the first row names the columns, each value stands behind its column's name."""
    if len(rows) > 1 and len(rows[0]) > 1 and all(cell and not number(cell) for cell in rows[0]):
        names = rows[0]
        for row in rows[1:]:
            pairs = zip(names + [""] * len(row), row)
            yield "; ".join(f"{name}: {cell}" if name else cell for name, cell in pairs if cell)
    else:
        for row in rows:
            yield " | ".join(cell for cell in row if cell)


def number(cell):
    try:
        float(cell)
        return True
    except ValueError:
        return False


class Strings(Handler):
    """The texts that cells point to; how they are pronounced is left out."""

    def __init__(self):
        self.all = []
        self.parts = []
        self.in_text = False
        self.spoken = 0

    def start(self, name, attributes):
        if name == "rPh":
            self.spoken += 1
        elif name == "t":
            self.in_text = not self.spoken

    def text(self, data):
        if self.in_text:
            self.parts.append(data)

    def end(self, name):
        if name == "rPh":
            self.spoken -= 1
        elif name == "t":
            self.in_text = False
        elif name == "si":
            self.all.append("".join(self.parts).strip())
            self.parts = []


class Rows(Handler):
    """The cells that have a value, row by row, each in its column."""

    MAX_COLUMNS = 1_000

    def __init__(self, strings, allowed):
        self.strings = strings
        self.allowed = allowed
        self.cells = 0
        self.rows = []
        self.row = []
        self.parts = []
        self.type = ""
        self.column = 0
        self.in_value = False

    def start(self, name, attributes):
        if name == "c":
            self.type = attributes.get("t", "n")
            self.column = self.column_of(attributes.get("r", ""))
        elif name in ("v", "t"):
            self.in_value = True

    def column_of(self, place):
        letters = re.match(r"[A-Z]{1,3}", place)
        if letters is None:
            return len(self.row)
        column = 0
        for letter in letters[0]:
            column = column * 26 + ord(letter) - 64
        return column - 1

    def text(self, data):
        if self.in_value:
            self.parts.append(data)

    def end(self, name):
        if name in ("v", "t"):
            self.in_value = False
        elif name == "c":
            self.keep("".join(self.parts).strip())
            self.parts = []
        elif name == "row":
            if any(self.row):
                self.rows.append(self.row)
            self.row = []

    def keep(self, value):
        if self.type == "s" and value:
            if not value.isdecimal() or int(value) >= len(self.strings):
                raise outcome.unreadable()
            value = self.strings[int(value)]
        if value and self.column < self.MAX_COLUMNS:
            self.cells += 1
            if self.cells > self.allowed:
                raise outcome.too_complex(f"The workbook has more than {MAX_CELLS} cells.")
            self.row += [""] * (self.column + 1 - len(self.row))
            self.row[self.column] = value
