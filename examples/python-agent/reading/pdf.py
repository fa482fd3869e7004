"""PDF, page by page, through pypdf."""

import re

import outcome
import pypdf
from outcome import Block
from texts import paragraphs

HYPHENATED = re.compile(r"(?<=[^\W\d_])-\n(?=[a-zß-ÿ])")


def pdf(path, progress):
    try:
        reader = pypdf.PdfReader(path, strict=False)
        if reader.is_encrypted and not opened(reader):
            raise outcome.encrypted()
        count = len(reader.pages)
        if count > outcome.MAX_PAGES:
            raise outcome.too_complex(f"The document has more than {outcome.MAX_PAGES} pages.")
        blocks = []
        for number, page in enumerate(reader.pages, start=1):
            text = HYPHENATED.sub("", page.extract_text() or "")
            blocks += [Block(part, 0, number) for part in paragraphs(text)]
            progress(number / count)
        return blocks, count
    except (outcome.Refused, MemoryError):
        raise
    except RecursionError as wrong:
        raise outcome.too_complex("The document is nested too deep.") from wrong
    except Exception as wrong:
        # Over a damaged file pypdf raises whatever its parts happen to raise.
        raise outcome.unreadable() from wrong


def opened(reader):
    """Whether everybody may read it: some documents are encrypted with an empty password."""
    try:
        return reader.decrypt("") != pypdf.PasswordType.NOT_DECRYPTED
    except Exception:
        # An encryption for which pypdf would need another library.
        return False
