"""Reads one file and prints its passages: `python reading FILE KIND`, in a process of its own.

A file may be made to cost whoever reads it dearly, so this process has little to spend and may be killed at any time.
It prints lines of JSON: {"stage", "progress"} now and then; at the end {"pages", "passages"} with their numbers, then
each passage, or {"code", "detail"} alone when there is no text to be had.
"""

import json
import re
import resource
import sys
import warnings
import zipfile
import zlib

import books
import office
import outcome
import sheets
import splitting
import texts
import web

CPU_SECONDS = 60
MEMORY_BYTES = 768 << 20
STEPS = 50
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ud800-\udfff]")


def pdf(path, progress):
    # Only here, so that everything else is read where pypdf is missing.
    from pdf import pdf as read

    return read(path, progress)


READERS = {
    "pdf": pdf,
    "docx": office.docx,
    "pptx": office.pptx,
    "xlsx": sheets.xlsx,
    "odt": books.odt,
    "epub": books.epub,
    "html": web.html_file,
    "markdown": texts.markdown,
    "text": texts.plain,
    "csv": texts.table,
    "json": texts.values,
}


def say(**fields):
    print(json.dumps(fields, ensure_ascii=False), flush=True)


class Progress:
    """Tells at most STEPS times how far a stage is."""

    def __init__(self, stage):
        self.stage = stage
        self.told = -1

    def __call__(self, part):
        step = int(part * STEPS)
        if step > self.told:
            self.told = step
            say(stage=self.stage, progress=step / STEPS)


def read(path, kind):
    try:
        blocks, pages = READERS[kind](path, Progress("reading"))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as wrong:
        # What damaged archives and texts lead to. Anything else is a fault of this program, and told as one.
        raise outcome.unreadable() from wrong
    kept = []
    chars = 0
    for block in blocks:
        block.text = UNSEEN.sub("", block.text).strip()
        chars += len(block.text)
        if chars > outcome.MAX_TEXT_CHARS:
            raise outcome.too_complex(f"The document has more than {outcome.MAX_TEXT_CHARS} characters of text.")
        if block.text:
            kept.append(block)
    if not kept:
        raise outcome.empty()
    return splitting.passages(kept, Progress("splitting")), pages


def main():
    path, kind = sys.argv[1:]
    sys.stdout.reconfigure(encoding="utf-8")
    warnings.simplefilter("ignore")
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    # It only reads: what it prints goes through a pipe, which this does not bound.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    found = None
    try:
        found, pages = read(path, kind)
    except outcome.Refused as refused:
        say(code=refused.code, detail=str(refused))
        return
    except (MemoryError, RecursionError):
        # Told below, where what filled the memory is gone with the exception.
        pass
    if found is None:
        say(code="document_too_complex", detail="The document needs more memory than there is for one.")
        return
    say(pages=pages, passages=len(found))
    for passage in found:
        say(**passage)


if __name__ == "__main__":
    main()
