"""The form of a bundle: an uncompressed zip of a manifest, its signature, the journal and other files.

    manifest.json      {"version":1,"made":"…","files":[{"name","size","sha256"}…],"journal":{"entries":[sha256…]}}
    manifest.json.sig  of `ssh-keygen -Y sign -n hotpatch-evidence`
    journal.jsonl      the entries, each with the hash of the one before it
    files/…            plans, reports, whatever was given

The manifest has the hash of every file and of every entry, so that a changed byte is named. A bundle is written in one
way only: the bytes of the zip itself are fixed by what is in it.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

VERSION = 1
NAMESPACE = "hotpatch-evidence"
MANIFEST, SIGNATURE, JOURNAL, FOLDER = "manifest.json", "manifest.json.sig", "journal.jsonl", "files/"
_BEGINNING = (1980, 1, 1, 0, 0, 0)  # of zip's time: when a file was packed proves nothing


@dataclass(frozen=True, slots=True)
class Contents:
    """What a bundle holds beside its manifest: the journal's lines, and files by name."""

    journal: bytes
    files: Mapping[str, bytes]


def manifest_of(contents: Contents, made: datetime) -> bytes:
    """The manifest, as it is signed."""
    held = {JOURNAL: contents.journal, **{f"{FOLDER}{name}": data for name, data in contents.files.items()}}
    whole: dict[str, Any] = {
        "version": VERSION,
        "made": made.astimezone(UTC).isoformat(),
        "files": [{"name": name, "size": len(data), "sha256": digest(data)} for name, data in sorted(held.items())],
        "journal": {"entries": [digest(line) for line in lines_of(contents.journal)]},
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"


def packed(manifest: bytes, signature: bytes, contents: Contents) -> bytes:
    """The bundle: the same contents give the same bytes."""
    files = {f"{FOLDER}{name}": data for name, data in sorted(contents.files.items())}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as bundle:
        for name, data in {MANIFEST: manifest, SIGNATURE: signature, JOURNAL: contents.journal, **files}.items():
            entry = zipfile.ZipInfo(name, _BEGINNING)
            entry.create_system, entry.external_attr = 3, 0o600 << 16  # as on Unix, wherever it is packed
            bundle.writestr(entry, data)
    return written.getvalue()


def lines_of(journal: bytes) -> list[bytes]:
    """The entries' lines, without their line feeds."""
    return journal.removesuffix(b"\n").split(b"\n") if journal else []


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
