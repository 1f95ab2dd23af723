"""What is kept of waves in the journal of whoever approved them."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.patching.progress import say

if TYPE_CHECKING:
    from dbos import DBOSClient

    from azure_hotpatch.operations.install.plan import Plan

_ELSEWHERE = "set AZURE_HOTPATCH_JOURNAL to another file"


def approved(plan: "Plan", how: str, more: Mapping[str, Any] | None = None, scripts: Sequence[str] = ()) -> None:
    """Keep a plan and its approval. Raises Failure where that cannot be, before anything is begun."""
    from azure_hotpatch.cli.patching.identity import operator
    from azure_hotpatch.operations.durable.record import approve
    from azure_hotpatch.operations.journal.chain import BrokenChainError
    from azure_hotpatch.operations.journal.file import Journal, default_path
    from azure_hotpatch.operations.rollback.entries import approval_body

    journal = Journal(default_path())
    try:
        approve(journal, plan, more or {}, approval_body(operator(), how, scripts))
    except (OSError, BrokenChainError) as error:
        raise Failure(f"the journal {journal.path} cannot be written: {_reason(error)}; {_ELSEWHERE}") from None


def keep_results(client: "DBOSClient") -> None:
    """Keep what became of the waves that were approved here and are over; what is said instead where that cannot be."""
    from azure_hotpatch.operations.durable.record import keep_ended
    from azure_hotpatch.operations.journal.chain import BrokenChainError
    from azure_hotpatch.operations.journal.file import Journal, default_path

    journal = Journal(default_path())
    try:
        keep_ended(client, journal)
    except (OSError, BrokenChainError) as error:
        say(f"the results are not in the journal {journal.path}: {_reason(error)}; {_ELSEWHERE}")


def keep_decision(kind: str, body: Mapping[str, Any]) -> None:
    """Keep what a person decided, such as a stop of a bad update; what is said instead where that cannot be."""
    from azure_hotpatch.cli.patching.identity import operator
    from azure_hotpatch.operations.journal.chain import BrokenChainError
    from azure_hotpatch.operations.journal.file import Journal, default_path

    journal = Journal(default_path())
    try:
        journal.add(kind, [{**body, "by": operator()}])
    except (OSError, BrokenChainError) as error:
        say(f"the {kind} is not in the journal {journal.path}: {_reason(error)}; {_ELSEWHERE}")


def _reason(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error)
