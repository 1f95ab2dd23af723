"""What a shell may complete: names that are known on this computer, without a question to Azure."""

import re
from collections.abc import Iterable
from pathlib import Path

_STACK_FILE = re.compile(r"Pulumi\.(?P<stack>.+)\.yaml")
_FOLDERS = (Path(), Path("stacks"))  # where Pulumi.yaml of this project keeps the files of its stacks
_LATEST = 1_000_000  # bytes of the journal, from its end; a fleet of thousands is in it
_MACHINE = re.compile(
    r'"machine":"/subscriptions/(?P<subscription>[^/"]+)/resourceGroups/(?P<group>[^/"]+)/[^"]*/(?P<name>[^/"]+)"',
    re.IGNORECASE,
)


def stacks(incomplete: str) -> list[str]:
    """The stacks whose files are here."""
    files = (path.name for folder in _FOLDERS for path in folder.glob("Pulumi.*.yaml"))
    return _beginning((match["stack"] for name in files if (match := _STACK_FILE.fullmatch(name))), incomplete)


def machines(incomplete: str) -> list[str]:
    """The machines that `hotpatch history` has seen."""
    return _beginning(_seen("name"), incomplete)


def resource_groups(incomplete: str) -> list[str]:
    """The resource groups of these machines."""
    return _beginning(_seen("group"), incomplete)


def subscriptions(incomplete: str) -> list[str]:
    """The subscriptions of these machines."""
    return _beginning(_seen("subscription"), incomplete)


def _seen(part: str) -> Iterable[str]:
    from azure_hotpatch.operations.journal.file import default_path

    try:
        with default_path().open("rb") as file:
            file.seek(max(0, file.seek(0, 2) - _LATEST))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return ()
    return (match[part] for match in _MACHINE.finditer(text))


def _beginning(names: Iterable[str], incomplete: str) -> list[str]:
    return sorted({name for name in names if name.lower().startswith(incomplete.lower())})
