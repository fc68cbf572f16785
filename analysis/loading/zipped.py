"""A zip file in; what it is, and the files in it, out. Every file is measured before it is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePath

from analysis.loading.errors import MAX_EXPANDED, MIB, LoadError, unpacks_to_more

MAX_FILES = 20_000  # of one zip file; more belongs in a table
# Office files are zip files, told by a part that each must have.
_OFFICE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx", "content.xml": "odt"}
_ERRORS = (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError, RuntimeError, EOFError)


def kind(data: bytes) -> str:
    """What a zip file is: docx, xlsx, pptx, odt, or zip, which holds files; "" where it cannot be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            held = set(parts.namelist())
    except _ERRORS:
        return ""
    return next((kind for part, kind in _OFFICE.items() if part in held), "zip")


def files(data: bytes, name: str, expand: int | None = None) -> Iterator[tuple[str, bytes | LoadError]]:
    """The names of the files in a zip file, in order, and their content, or why it cannot be had. Raises LoadError."""
    bound = expand or MAX_EXPANDED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            inside = sorted((part for part in parts.infolist() if not part.is_dir()), key=lambda part: part.filename)
            inside = [part for part in inside if not _hidden(part.filename)]
            if len(inside) > MAX_FILES:
                raise LoadError(
                    f"{name} holds {len(inside):,} files; at most {MAX_FILES:,} are read. Make a table of them."
                )
            if sum(part.file_size for part in inside) > bound:
                raise unpacks_to_more(name, bound)
            for part in inside:
                try:
                    with parts.open(part) as stream:
                        content = stream.read(part.file_size + 1)
                except _ERRORS as error:
                    locked = "is locked with a password" if "password" in str(error) else "cannot be unpacked"
                    yield part.filename, LoadError(f"{part.filename} in {name} {locked}.")
                    continue
                yield part.filename, content
    except zipfile.BadZipFile:
        raise LoadError(f"{name} is not a zip file that can be opened ({len(data) // MIB} MiB).") from None


def _hidden(name: str) -> bool:
    """What systems put into zip files beside what people put there."""
    return any(part.startswith((".", "__MACOSX")) for part in PurePath(name).parts)
