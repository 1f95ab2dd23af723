"""HP038: what cannot be read is never fine."""

from typing import Any

from azure_hotpatch.domain.judging.finding import Verdict
from azure_hotpatch.domain.judging.record import Kind, Record


def test_a_resource_that_cannot_be_read_is_unverifiable(ask: Any) -> None:
    opaque = Record(Kind.OPAQUE, "legacy", "azure-native:resources:Deployment", {}, unreadable="its template is a link")
    (finding,) = ask("HP038", opaque)
    assert finding.verdict is Verdict.UNVERIFIABLE
    assert "its template is a link" in finding.message


def test_says_nothing_of_what_can_be_read(vm: Any, ask: Any) -> None:
    assert ask("HP038", vm()) == []
