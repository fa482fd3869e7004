"""OpenDocument texts (ISO/IEC 26300) and EPUB books."""

import posixpath
import urllib.parse

import outcome
from archives import Archive
from office import Handler
from outcome import Block
from web import page

MANIFEST = "META-INF/manifest.xml"
ENCRYPTION = "META-INF/encryption.xml"
CONTAINER = "META-INF/container.xml"


def typed(path, kind, types):
    """The archive, when its first entry says that it is of one of these types."""
    archive = Archive(path, kind)
    if "mimetype" not in archive or archive.read("mimetype").decode("ascii", "replace").strip() not in types:
        raise outcome.mismatch(kind)
    return archive


def odt(path, progress):
    kind = "application/vnd.oasis.opendocument.text"
    archive = typed(path, "odt", {kind, kind + "-template"})
    manifest = Seen("encryption-data")
    if MANIFEST in archive:
        archive.parse(MANIFEST, manifest)
    if manifest.seen:
        raise outcome.encrypted()
    content = Content()
    archive.parse("content.xml", content)
    progress(1)
    return content.blocks, 0


class Seen(Handler):
    def __init__(self, element):
        self.element = element
        self.seen = False

    def start(self, name, attributes):
        self.seen = self.seen or name == self.element


class Content(Handler):
    """Paragraphs and headings; of tables, each row as one. What was deleted and is only tracked is left out."""

    MAX_SPACES = 1_000

    def __init__(self):
        self.blocks = []
        self.open = []
        self.cells = None
        self.skipped = 0

    def start(self, name, attributes):
        if name == "tracked-changes":
            self.skipped += 1
        elif name in ("p", "h"):
            level = attributes.get("outline-level", "1") if name == "h" else "0"
            self.open.append((int(level) if level.isdecimal() else 1, []))
        elif name == "table-row":
            self.cells = []
        elif name == "s" and self.open:
            count = attributes.get("c", "1")
            self.text(" " * min(int(count) if count.isdecimal() else 1, self.MAX_SPACES))
        elif name in ("tab", "line-break"):
            self.text("\t" if name == "tab" else "\n")

    def text(self, data):
        if self.open and not self.skipped:
            self.open[-1][1].append(data)

    def end(self, name):
        if name == "tracked-changes":
            self.skipped -= 1
        elif name in ("p", "h"):
            level, parts = self.open.pop()
            text = "".join(parts).strip()
            if text and self.cells is not None:
                self.cells.append(text)
            elif text:
                self.blocks.append(Block(text, min(level, 6)))
        elif name == "table-row":
            if self.cells:
                self.blocks.append(Block(" | ".join(self.cells)))
            self.cells = None


def epub(path, progress):
    archive = typed(path, "epub", {"application/epub+zip"})
    container = Package()
    archive.parse(CONTAINER, container)
    if container.root is None:
        raise outcome.unreadable()
    package = Package()
    archive.parse(container.root, package)
    folder = posixpath.dirname(container.root)
    chapters = [posixpath.normpath(posixpath.join(folder, urllib.parse.unquote(package.items[item])))
                for item in package.spine if item in package.items]  # fmt: skip
    if len(chapters) > outcome.MAX_PAGES:
        raise outcome.too_complex(f"The book has more than {outcome.MAX_PAGES} chapters.")
    if ENCRYPTION in archive:
        # Fonts are often scrambled; the text is only where somebody must pay to read it.
        scrambled = Package()
        archive.parse(ENCRYPTION, scrambled)
        if scrambled.ciphers & set(chapters):
            raise outcome.encrypted()
    blocks = []
    for number, chapter in enumerate(chapters, start=1):
        blocks += page(archive.read(chapter).decode("utf-8", "replace"))
        progress(number / len(chapters))
    return blocks, 0


class Package(Handler):
    """What the files that describe a book say of its parts."""

    def __init__(self):
        self.root = None
        self.items = {}
        self.spine = []
        self.ciphers = set()

    def start(self, name, attributes):
        if name == "rootfile" and self.root is None:
            self.root = attributes.get("full-path")
        elif name == "item" and attributes.get("media-type") in ("application/xhtml+xml", "text/html"):
            self.items[attributes.get("id")] = attributes.get("href", "")
        elif name == "itemref" and attributes.get("linear") != "no":
            self.spine.append(attributes.get("idref"))
        elif name == "CipherReference":
            self.ciphers.add(attributes.get("URI", ""))
