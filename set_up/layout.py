"""Paths: the files of the checkout that set-up reads, and the one ignored folder that it writes to."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Layout:
    """The paths of one checkout. All are absolute."""

    root: Path

    @property
    def made(self) -> Path:
        """All that set-up and the sandbox make; deleting it is a complete uninstall."""
        return self.root / ".hotpatch"

    @property
    def venv(self) -> Path:
        return self.made / "venv"

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"

    @property
    def uv(self) -> Path:
        return self.venv / "bin" / "uv"

    @property
    def bin(self) -> Path:
        """Programs built from source: the Pulumi CLI, its language hosts and their scripts."""
        return self.made / "bin"

    @property
    def release(self) -> Path:
        """An official Pulumi release, as its installer lays it out."""
        return self.made / "pulumi-release"

    @property
    def pulumi_home(self) -> Path:
        return self.made / "pulumi"

    @property
    def state(self) -> Path:
        """The file backend of the sandbox."""
        return self.made / "state"

    @property
    def store(self) -> Path:
        """The emulator's SQLite store."""
        return self.made / "azure.sqlite"

    @property
    def go(self) -> Path:
        """Go's toolchain (where the machine has none), its modules and its build cache."""
        return self.made / "go"

    @property
    def cache(self) -> Path:
        return self.made / "cache"

    @property
    def logs(self) -> Path:
        return self.made / "logs"

    @property
    def stamps(self) -> Path:
        return self.made / "stamps"

    @property
    def sources(self) -> Path:
        """The Go modules that pin what is built."""
        return self.root / "set_up" / "go"

    @property
    def requirements(self) -> Path:
        return self.root / "requirements"


CHECKOUT = Layout(Path(__file__).resolve().parent.parent)
