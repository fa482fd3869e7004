"""A file on its way in: written as it comes, hashed on the way, and gone unless it is kept."""

import asyncio
import contextlib
import hashlib
import os


class Upload:
    """Used as `with Upload(folder, document_id) as upload`: after `keep` its bytes stand in the folder by that name."""

    def __init__(self, folder, document_id):
        self.target = folder / document_id
        # Nobody else uses this name: ids are checked, and two calls with the same one cannot both create it.
        self.path = folder / f"{document_id}.part"
        self.size = 0
        self.hash = hashlib.sha256()

    def __enter__(self):
        self.file = open(self.path, "xb")
        return self

    async def write(self, chunk):
        await asyncio.to_thread(self.put, chunk)

    def put(self, chunk):
        self.hash.update(chunk)
        self.file.write(chunk)
        self.size += len(chunk)

    async def settle(self):
        """Returns once the bytes are safe from the loss of power."""
        await asyncio.to_thread(self.flush)

    def flush(self):
        self.file.flush()
        os.fsync(self.file.fileno())

    def keep(self):
        os.rename(self.path, self.target)
        folder = os.open(self.target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def __exit__(self, *_):
        self.file.close()
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.path)


def clear(folder, wanted):
    """Removes what an earlier process left behind in its middle."""
    for path in folder.iterdir():
        if path.name not in wanted:
            path.unlink()
