"""Write a file that the user names: whole or not at all, and never over what something else wrote."""

import os
import re
import secrets
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from azure_hotpatch.cli.failure import Failure

Marks = Sequence[re.Pattern[bytes]]
NEVER_REPLACED: Marks = ()  # of a file that records a decision: a plan, a bundle of evidence
_HEAD = 8192  # bytes of a file in which its mark is looked for
_OF_PROCESSES = ("/dev/", "/proc/")  # what lies there may look like a file, and is no place for one
TO_STDOUT = "-"

Force = Annotated[bool, typer.Option("--force", help="Replace what is at the path, whatever it is.")]


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file to be written, checked before the work for it begins. Made by `output_file`."""

    path: Path
    marks: Marks
    force: bool

    def write(self, content: bytes) -> None:
        """Write the content. Raises Failure if that fails; what was there before is unchanged then."""
        try:
            if _is_device(self.path):
                self.path.write_bytes(content)
            else:
                self._put(_place(self.path), content)  # behind a link: the link stays
        except OSError as error:
            raise Failure(f"{self.path} cannot be written: {error.strerror}") from None

    def _put(self, path: Path, content: bytes) -> None:
        name = path.with_name(f".hotpatch-{secrets.token_hex(4)}.partial")  # short: the path's own may be the longest
        descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())  # a full disk or a quota may be reported only here
            if path.exists():
                _look_like(path, name)
            self._move(name, path)
        finally:
            name.unlink(missing_ok=True)

    def _move(self, name: Path, path: Path) -> None:
        """Give the finished file its name; what came there meanwhile is judged again."""
        with suppress(OSError):  # it is taken, or the file system has no hard links
            os.link(name, path)
            return
        self.check()
        os.replace(name, path)

    def check(self) -> None:
        """Raise Failure where the file cannot be written, or where what is there must not be replaced."""
        if _is_device(self.path):
            return
        refuse_unwritable(self.path)
        if not self.force and self.path.exists() and not self._may_be_replaced():
            written = "is there already" if not self.marks else "is there already, and this command did not write it"
            raise Failure(f"{self.path} {written}: give another path, or --force to replace it")

    def _may_be_replaced(self) -> bool:
        try:
            with self.path.open("rb") as file:
                head = file.read(_HEAD)
        except OSError as error:
            raise Failure(f"{self.path} cannot be read, to see whether it may be replaced: {error.strerror}") from None
        return not head or any(mark.search(head) for mark in self.marks)


def output_file(path: str | Path, marks: Marks, *, force: bool) -> OutputFile:
    """A file to be written later. Raises Failure at once where that is not possible, or not allowed.

    An empty file may always be replaced, another only where one of `marks` is found in its first 8 KiB, or by force.
    """
    if str(path) == TO_STDOUT:
        raise Failure("- is no file here: give a path, or /dev/stdout")
    found = OutputFile(Path(path), marks, force)
    found.check()
    return found


def refuse_unwritable(path: Path) -> None:
    """Raise Failure where nothing can be written at a path: it is a folder, or lies in none, or in one of others."""
    why = _why_not_writable(path)
    if why:
        raise Failure(f"{path} cannot be written: {why}")


def refuse_twice(files: Sequence[OutputFile]) -> None:
    """Raise Failure where two outputs of one command would be written to the same file."""
    places = [_place(one.path) for one in files if not _is_device(one.path)]
    for one in files:
        place = _place(one.path)
        if places.count(place) > 1:
            raise Failure(f"{one.path} is named for two outputs: give each a file of its own")


def deliver(content: bytes, target: OutputFile | None) -> None:
    """Write content to a file, or to standard output where there is none."""
    if target is not None:
        target.write(content)
        return
    typer.echo(content.decode(), nl=False)


def _place(path: Path) -> Path:
    """Where a file lies, links followed."""
    return Path(os.path.realpath(path))  # unlike Path.resolve, no error for links that go in circles


def _is_device(path: Path) -> bool:
    """Whether it is written to as it is: a terminal, a pipe, /dev/null. A file in its place would break the machine."""
    is_other = path.exists() and not path.is_file() and not path.is_dir()
    return is_other or str(path).startswith(_OF_PROCESSES)


def _why_not_writable(path: Path) -> str | None:
    folder = _place(path).parent if path.is_symlink() else path.parent
    if path.is_dir():
        return "it is a folder; give the path of a file in it"
    if not folder.is_dir():
        return f"the folder {folder} is not there" if not folder.exists() else f"{folder} is no folder"
    if not os.access(folder, os.W_OK | os.X_OK):
        return f"you have no permission to write in the folder {folder}"
    return None


def _look_like(path: Path, name: Path) -> None:
    """Give a file the mode and owner of the one that it replaces."""
    shutil.copymode(path, name)
    with suppress(OSError):  # only root may give a file to another
        os.chown(name, path.stat().st_uid, path.stat().st_gid)
