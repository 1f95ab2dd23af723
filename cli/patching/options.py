"""The options that the patching commands share, and how their values are read."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from azure_hotpatch.cli.failure import Failure

DATABASE_URL = "HOTPATCH_DATABASE_URL"

Subscriptions = Annotated[
    list[str] | None,
    typer.Option("--subscription", metavar="ID", help="A subscription; that of AZURE_SUBSCRIPTION_ID by default."),
]
WaveFile = Annotated[
    str | None,
    typer.Option("--wave-file", metavar="FILE", help="Rings, budgets, pairs, gate and hours (YAML or JSON)."),
]
Canary = Annotated[
    str | None, typer.Option("--canary", metavar="N|N%", help="The number or share of machines in the first ring.")
]
MaxConcurrency = Annotated[
    str | None, typer.Option("--max-concurrency", metavar="N|N%", help="The number or share of machines at a time.")
]
MaxErrors = Annotated[
    str | None, typer.Option("--max-errors", metavar="N|N%", help="Stop at one error more; 0 by default.")
]
Soak = Annotated[str | None, typer.Option("--soak", metavar="30m", help="Wait between rings.")]
Detach = Annotated[bool, typer.Option("--detach", help="Leave it to `hotpatch worker`.")]
StoreFile = Annotated[
    str | None,
    typer.Option("--store", metavar="FILE", help="The SQLite file of the waves; one of the user's by default."),
]
DatabaseUrl = Annotated[
    str | None,
    typer.Option(
        "--database-url",
        metavar="URL",
        help=f"A PostgreSQL database that several workers share; with a password only as {DATABASE_URL}.",
    ),
]
Poll = Annotated[
    float, typer.Option("--poll", min=0.1, max=600, metavar="SECONDS", help="How often an operation is polled.")
]
Yes = Annotated[
    bool, typer.Option("--yes", "-y", help="Do not ask for confirmation; for all machines, give --confirm all.")
]
Confirm = Annotated[
    str | None, typer.Option("--confirm", metavar="all", help="Select every machine of the subscription.")
]


def subscriptions_of(given: Sequence[str] | None) -> list[str]:
    found = list(dict.fromkeys(given or [])) or [one for one in [os.environ.get("AZURE_SUBSCRIPTION_ID", "")] if one]
    if not found:
        raise Failure("no subscription: give --subscription ID, or set AZURE_SUBSCRIPTION_ID")
    return found


def database_url_of(given: str | None) -> str | None:
    """The address of the database; one with a password is not taken from the command line, which everybody can read."""
    from urllib.parse import urlsplit

    if given and urlsplit(given).password:
        raise Failure(
            f"--database-url holds a password, and every user of this machine can read it there: set {DATABASE_URL}, "
            "or keep the password in ~/.pgpass"
        )
    return given or os.environ.get(DATABASE_URL) or None


def duration_of(option: str, text: str) -> timedelta:
    from pydantic_core import PydanticCustomError

    from azure_hotpatch.operations.install.text import duration_of as read

    try:
        return read(text)
    except PydanticCustomError as error:
        raise Failure(f"{option} {text!r} {error.message()}") from None


def moment_of(option: str, text: str) -> datetime:
    """A day or a time; one without a zone is UTC, and a day lasts to its end."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Failure(f"{option} {text!r} is not a date: write it as 2026-09-08 or 2026-09-08T18:00:00Z") from None
    found = found.replace(hour=23, minute=59, second=59) if len(text) == len("2026-09-08") else found
    return found if found.tzinfo else found.replace(tzinfo=UTC)
