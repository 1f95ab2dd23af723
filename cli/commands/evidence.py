"""`hotpatch evidence`: pack plans, approvals, runs and observations into a signed bundle, and verify one."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.json_input import read_bytes
from azure_hotpatch.cli.loading import group_of
from azure_hotpatch.cli.output_file import NEVER_REPLACED, Force, output_file
from azure_hotpatch.domain.printable import line
from azure_hotpatch.operations.clients.signature import SignatureError, is_canonical, signer_of
from azure_hotpatch.operations.clients.signing import SigningError, signature_of
from azure_hotpatch.operations.evidence.bundle import NAMESPACE, Contents, lines_of, manifest_of, packed
from azure_hotpatch.operations.evidence.checking import Checked, SignatureFault, check
from azure_hotpatch.operations.evidence.secrets import secret_in
from azure_hotpatch.operations.journal.chain import BrokenChainError, entries
from azure_hotpatch.operations.journal.file import default_path

TAMPERED = 1
COMMANDS = {
    "pack": "azure_hotpatch.cli.commands.evidence:pack",
    "verify": "azure_hotpatch.cli.commands.evidence:verify",
}

evidence = typer.Typer(
    cls=group_of(COMMANDS), add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
)


@evidence.callback(invoke_without_command=True)
def group(context: typer.Context) -> None:
    """Sign what was planned and done, or verify such a bundle.

    A bundle holds plans, approvals, runs and observations, and is verified offline.
    """
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def pack(
    bundle: Annotated[Path, typer.Argument(metavar="BUNDLE", help="The zip file to write.")],
    key: Annotated[
        Path, typer.Option("--key", metavar="FILE", help="Your SSH key; a public one if an agent has the private one.")
    ],
    files: Annotated[
        list[str] | None, typer.Option("--include", metavar="FILE", help="A plan, a report …; may be repeated.")
    ] = None,
    journal: Annotated[
        Path | None, typer.Option("--journal", metavar="FILE", help="The journal; yours by default.")
    ] = None,
    force: Force = False,
) -> None:
    """Pack the journal and other files, and sign them with your key.

    The key is read by ssh-keygen alone. A file that seems to hold a secret is refused.
    """
    file = output_file(bundle, NEVER_REPLACED, force=force)  # before ssh-keygen asks for a passphrase
    contents = Contents(_journal(journal or default_path()), _included(files or []))
    manifest = manifest_of(contents, datetime.now(UTC))
    try:
        signature = signature_of(manifest, key, NAMESPACE)
    except SigningError as error:
        raise Failure(str(error)) from None
    file.write(packed(manifest, signature, contents))
    count = contents.journal.count(b"\n")
    typer.echo(f"{bundle}: {count} journal entries and {len(contents.files)} files, signed with {key}.")


def verify(
    bundle: Annotated[str, typer.Argument(metavar="BUNDLE", help="The bundle.")],
    allowed: Annotated[
        Path,
        typer.Option("--allowed-signers", metavar="FILE", help="The allowed signers, in the format of ssh-keygen(1)."),
    ],
) -> None:
    """Check a bundle: who signed it, and that no byte was changed.

    Needs no network. Exit code 1 if something was changed.
    """
    if not allowed.is_file():
        raise Failure(
            f"--allowed-signers {allowed}: there is no such file; it has lines as `you@example.com ssh-ed25519 …`"
        )

    def signer(manifest: bytes, signature: bytes) -> str:
        if not is_canonical(signature):
            raise SignatureFault("the signature is not written as ssh-keygen writes one")
        try:
            return signer_of(manifest, signature, allowed, NAMESPACE)
        except SignatureError as error:
            raise SignatureFault(str(error)) from None

    found = check(read_bytes(bundle), signer)
    _tell(bundle, found)
    if found.faults:
        raise typer.Exit(TAMPERED)


def _tell(bundle: str, found: Checked) -> None:
    for fault in found.faults:
        typer.echo(line(f"{bundle}: {fault}"))
    if found.faults:
        return
    kinds = Counter(entry.kind for entry in found.entries)
    typer.echo(f"{bundle} is as {found.signer} signed it on {found.made:%Y-%m-%d %H:%M} UTC.")
    typer.echo(
        f"Journal: {len(found.entries)} entries: {', '.join(f'{n} {kind}' for kind, n in sorted(kinds.items()))}."
    )
    typer.echo(line(f"Files: {', '.join(found.files)}."))


def _journal(path: Path) -> bytes:
    """The journal's lines as they are, once their chain holds. A line that is still being written is left out."""
    try:
        raw = path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise Failure(f"the journal {path} cannot be read: {error.strerror}") from None
    ended = raw[: raw.rfind(b"\n") + 1]
    try:
        count = sum(1 for _ in entries(lines_of(ended)))
    except BrokenChainError as error:
        raise Failure(f"the journal {path} was changed: {error}; it proves nothing") from None
    if not count:
        raise Failure(f"the journal {path} has no entry; `hotpatch history`, `install` and `rollback` write some")
    return ended


def _included(names: list[str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for name in names:
        short, content = Path(name).name, read_bytes(name)
        if short in found:
            raise Failure(f"--include {name}: another file is called {short} too; rename one")
        secret = secret_in(content)
        if secret:
            raise Failure(f"--include {name}: {secret}; take it out, a bundle is given away")
        found[short] = content
    return found
