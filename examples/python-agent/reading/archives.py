"""Zip archives and the XML in them, read as streams, with bounds on all that an attacker could make large."""

import io
import posixpath
import xml.parsers.expat as expat
import zipfile

import outcome

MAX_ENTRIES = 10_000
MAX_PART_BYTES = 64 << 20
MAX_TOTAL_BYTES = 256 << 20
MAX_DEPTH = 256
READ_BYTES = 64 << 10
COMPOUND_FILE = b"\xd0\xcf\x11\xe0"


class Archive:
    """The parts of a zip archive, each at most MAX_PART_BYTES and together at most MAX_TOTAL_BYTES when unpacked."""

    def __init__(self, path, kind):
        self.kind = kind
        self.left = MAX_TOTAL_BYTES
        with open(path, "rb") as file:
            if file.read(4) == COMPOUND_FILE:
                # Office keeps its protected documents in the container of its older formats.
                protected = "EncryptedPackage".encode("utf-16-le") in file.read(MAX_PART_BYTES)
                raise outcome.encrypted() if protected else outcome.mismatch(kind)
        self.zip = zipfile.ZipFile(path)
        if len(self.zip.filelist) > MAX_ENTRIES:
            raise outcome.too_complex(f"The file has more than {MAX_ENTRIES} parts.")
        self.names = {info.filename: info for info in self.zip.filelist}

    def __contains__(self, name):
        return name in self.names

    def open(self, name):
        info = self.names.get(name)
        if info is None:
            raise outcome.unreadable()
        if info.flag_bits & 1:
            raise outcome.encrypted()
        return Part(self, self.zip.open(info))

    def read(self, name):
        with self.open(name) as part:
            return part.read(MAX_PART_BYTES + 1)

    def parse(self, name, handler):
        """Tells the handler of the part's elements; see Parser."""
        with self.open(name) as part:
            Parser(handler).parse(part)

    def relations(self, name):
        """Of an Office part: the targets of its relationships by id, and the first one by the end of its type."""
        folder, base = posixpath.split(name)
        links = posixpath.join(folder, "_rels", base + ".rels")
        found = Relations(folder)
        if links in self:
            self.parse(links, found)
        return found


class Part(io.RawIOBase):
    """What one part unpacks to, counted while it is read: the sizes in the archive's directory may be lies."""

    def __init__(self, archive, stream):
        self.archive = archive
        self.stream = stream
        self.left = MAX_PART_BYTES

    def read(self, size=READ_BYTES):
        data = self.stream.read(min(size, READ_BYTES) if size >= 0 else READ_BYTES)
        self.left -= len(data)
        self.archive.left -= len(data)
        if self.left < 0 or self.archive.left < 0:
            raise outcome.too_complex("The file unpacks to more than is read.")
        if 0 <= size <= READ_BYTES or not data:
            return data
        parts = [data]
        while chunk := self.read(READ_BYTES):
            parts.append(chunk)
        return b"".join(parts)

    def close(self):
        self.stream.close()
        super().close()


class Relations:
    def __init__(self, folder):
        self.folder = folder
        self.by_id = {}
        self.by_type = {}

    def start(self, name, attributes):
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            path = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(self.folder, target))
            self.by_id[attributes.get("Id")] = path
            self.by_type.setdefault(attributes.get("Type", "").rpartition("/")[2], path)

    def end(self, name):
        pass

    def text(self, data):
        pass


class Parser:
    """Calls the handler's start(name, attributes), end(name) and text(data), names without their namespaces.

    A document type declaration ends it before it could define anything: without one there are no entities but the five
    of XML itself.
    """

    def __init__(self, handler):
        self.handler = handler
        self.depth = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.refuse
        self.parser.EntityDeclHandler = self.refuse
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = handler.text

    def parse(self, stream):
        try:
            while data := stream.read(READ_BYTES):
                self.parser.Parse(data, False)
            self.parser.Parse(b"", True)
        except (expat.ExpatError, LookupError) as wrong:
            # A lookup that fails is that of an encoding that nobody knows.
            raise outcome.unreadable() from wrong

    def refuse(self, *_):
        raise outcome.unreadable()

    def start(self, name, attributes):
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise outcome.too_complex(f"The file is nested more than {MAX_DEPTH} deep.")
        # Relationship ids are told from other ids by their namespace, which transitional and strict files have apart.
        plain = {
            ("r:id" if key.endswith("/relationships id") else key.rpartition(" ")[2]): value
            for key, value in attributes.items()
        }
        self.handler.start(name.rpartition(" ")[2], plain)

    def end(self, name):
        self.depth -= 1
        self.handler.end(name.rpartition(" ")[2])
