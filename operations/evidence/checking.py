"""Verify a bundle against its signature, and say what was changed."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

from azure_hotpatch.operations.evidence.bundle import (
    FOLDER,
    JOURNAL,
    MANIFEST,
    SIGNATURE,
    VERSION,
    Contents,
    digest,
    lines_of,
    packed,
)
from azure_hotpatch.operations.journal.chain import BrokenChainError, JournalEntry, entries

Signer = Callable[[bytes, bytes], str]  # who signed it; raises SignatureFault


class SignatureFault(Exception):  # noqa: N818 - it is one of several faults, and is listed beside them
    """A signature that does not hold; `str()` says why."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a bundle turned out to be. It holds if there are no faults."""

    signer: str
    made: datetime | None
    entries: tuple[JournalEntry, ...]
    files: tuple[str, ...]
    faults: tuple[str, ...]


def check(bundle: bytes, signer_of: Signer) -> Checked:
    """Check a bundle, and name every file and every entry that was changed, added or removed."""
    try:
        held = _unpacked(bundle)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, RuntimeError) as error:
        return Checked("", None, (), (), (f"the bundle is no zip file any more: {error}",))
    missing = [name for name in (MANIFEST, SIGNATURE, JOURNAL) if name not in held]
    if missing:
        return Checked("", None, (), tuple(sorted(held)), tuple(f"{name}: is missing" for name in missing))
    return _checked(bundle, held, signer_of)


def _checked(bundle: bytes, held: Mapping[str, bytes], signer_of: Signer) -> Checked:
    signer, faults = _signed(held, signer_of)
    try:
        manifest = json.loads(held[MANIFEST])
        made, listed = datetime.fromisoformat(manifest["made"]), {one["name"]: one for one in manifest["files"]}
        known = [str(one) for one in manifest["journal"]["entries"]]
        if manifest["version"] != VERSION:
            faults.append(f"{MANIFEST}: version {manifest['version']!r}; this program reads {VERSION}")
    except (ValueError, KeyError, TypeError, RecursionError):
        return Checked(signer, None, (), tuple(sorted(held)), (*faults, f"{MANIFEST}: it is not a manifest any more"))
    faults += _files(held, listed)
    faults += _journal(held[JOURNAL], known)
    chained, broken = _chained(held[JOURNAL])
    faults += broken
    faults += [] if faults else _form(bundle, held)
    return Checked(signer, made, chained, tuple(sorted(listed)), tuple(faults))


def _signed(held: Mapping[str, bytes], signer_of: Signer) -> tuple[str, list[str]]:
    try:
        return signer_of(held[MANIFEST], held[SIGNATURE]), []
    except SignatureFault as fault:
        return "", [f"{MANIFEST} or its signature was changed: {fault}"]


def _files(held: Mapping[str, bytes], listed: Mapping[str, Any]) -> Iterator[str]:
    for name, about in listed.items():
        if name not in held:
            yield f"{name}: is missing"
        elif digest(held[name]) != about.get("sha256"):
            size = about.get("size")
            lengths = "" if len(held[name]) == size else f" ({len(held[name])} bytes, {size} were signed)"
            yield f"{name}: was changed{lengths}"
    for name in sorted(set(held) - set(listed) - {MANIFEST, SIGNATURE}):
        yield f"{name}: was added"


def _journal(journal: bytes, known: list[str]) -> Iterator[str]:
    found = [digest(line) for line in lines_of(journal)]
    if len(found) == len(known):
        changed = (number for number, pair in enumerate(zip(found, known, strict=True), 1) if pair[0] != pair[1])
        yield from (f"{JOURNAL}: entry {number} was changed" for number in changed)
        return
    pairs = enumerate(zip_longest(found, known), start=1)
    first = next((number for number, pair in pairs if pair[0] != pair[1]), len(known) + 1)
    yield f"{JOURNAL}: has {len(found)} entries, {len(known)} were signed; entry {first} is the first that differs"


def _chained(journal: bytes) -> tuple[tuple[JournalEntry, ...], list[str]]:
    try:
        return tuple(entries(lines_of(journal))), []
    except (BrokenChainError, RecursionError) as error:
        return (), [f"{JOURNAL}: {error}"]


def _form(bundle: bytes, held: Mapping[str, bytes]) -> Iterator[str]:
    """The bytes of the zip itself, which no hash in the manifest covers."""
    files = {name.removeprefix(FOLDER): data for name, data in held.items() if name.startswith(FOLDER)}
    again = packed(held[MANIFEST], held[SIGNATURE], Contents(held[JOURNAL], files))
    if again != bundle:
        place = next((at for at, pair in enumerate(zip(again, bundle, strict=False)) if pair[0] != pair[1]), len(again))
        yield f"the zip file itself was changed, at byte {place}; what it holds is as it was signed"


def _unpacked(bundle: bytes) -> dict[str, bytes]:
    """The files by name. What was packed is not compressed, so that none can grow beyond the bundle."""
    found: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(bundle)) as opened:
        for entry in opened.infolist():
            if entry.filename in found:
                raise ValueError(f"{entry.filename} is there twice")
            if entry.compress_type != zipfile.ZIP_STORED or entry.file_size > len(bundle):
                raise ValueError(f"{entry.filename} is compressed, which no bundle is")
            found[entry.filename] = _read(bundle, opened, entry)
    return found


def _read(bundle: bytes, opened: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """A file's bytes, also where zip's own checksum does not fit: which one was changed is said by its hash."""
    try:
        return opened.read(entry)
    except zipfile.BadZipFile:
        start = entry.header_offset + 30 + len(entry.filename.encode())  # as `packed` writes the header
        return bundle[start : start + entry.file_size]
