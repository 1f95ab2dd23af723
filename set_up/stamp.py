"""Whether a step is already done: its stamp holds the hash of all that it was made from."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest(files: Iterable[Path], facts: Iterable[str] = ()) -> str:
    """One hash over the content of `files`, in the order given, and over plain `facts` such as versions and paths."""
    hashed = hashlib.sha256()
    for part in (*(path.read_bytes() for path in files), *(fact.encode() for fact in facts)):
        hashed.update(hashlib.sha256(part).digest())
    return hashed.hexdigest()


def is_current(stamp: Path, wanted: str) -> bool:
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted


def set_stamp(stamp: Path, value: str) -> None:
    """Call it last: a step that is interrupted has no stamp, and is done again."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value, encoding="utf-8")
