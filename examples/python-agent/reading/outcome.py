"""What reading a file may end with instead of a text, and the bounds that every reader keeps."""

MAX_TEXT_CHARS = 10_000_000
MAX_PAGES = 5_000


class Refused(Exception):
    """The file gives no text; `code` is one of those in documents.proto, the message is for the person who sent it."""

    def __init__(self, code, detail):
        super().__init__(detail)
        self.code = code


def encrypted():
    return Refused("document_encrypted", "The document is protected by a password. Remove it and send the file again.")


def unreadable():
    return Refused("document_unreadable", "The document is damaged, or not what its name says.")


def too_complex(detail):
    return Refused("document_too_complex", detail)


def mismatch(kind):
    return Refused("document_type_mismatch", f"The file is named as {kind} but its content is something else.")


def empty():
    return Refused("document_empty", "There is no text in the document.")


class Block:
    """A paragraph, heading, item or row: `level` is 1 to 6 for headings, else 0; `page` is 0 where there is none."""

    __slots__ = ("text", "level", "page")

    def __init__(self, text, level=0, page=0):
        self.text = text
        self.level = level
        self.page = page
