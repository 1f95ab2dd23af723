"""HP022: a machine is not put into a Uniform set."""

from typing import Any

import pytest

from azure_hotpatch.domain.judging.finding import Verdict
from azure_hotpatch.domain.judging.record import UNKNOWN

SET = "virtualMachineScaleSet.id"


@pytest.fixture
def joined(vm: Any, scale_set: Any) -> Any:
    return vm({SET: scale_set().body["id"].upper()})


def test_accepts_a_flexible_set(joined: Any, scale_set: Any, ask: Any) -> None:
    assert ask("HP022", joined, scale_set()) == []


@pytest.mark.parametrize("mode", ["Uniform", None])
def test_refuses_a_uniform_set(mode: Any, joined: Any, scale_set: Any, ask: Any) -> None:
    (finding,) = ask("HP022", joined, scale_set({"orchestrationMode": mode}))
    assert (finding.verdict, finding.path) == (Verdict.VIOLATION, SET)


def test_cannot_tell_where_the_mode_is_unknown(joined: Any, scale_set: Any, ask: Any) -> None:
    (finding,) = ask("HP022", joined, scale_set({"orchestrationMode": UNKNOWN}))
    assert finding.verdict is Verdict.UNVERIFIABLE


def test_joins_by_reference_before_the_id_is_known(vm: Any, scale_set: Any, ask: Any) -> None:
    uniform = scale_set({"orchestrationMode": "Uniform", "id": UNKNOWN}, urn="urn:set")
    (finding,) = ask("HP022", vm({SET: UNKNOWN}, references={SET: ("urn:set",)}), uniform)
    assert finding.verdict is Verdict.VIOLATION
    (finding,) = ask("HP022", vm({SET: UNKNOWN}), uniform)
    assert finding.verdict is Verdict.UNVERIFIABLE


def test_a_set_that_is_not_here_is_not_judged(joined: Any, ask: Any) -> None:
    assert ask("HP022", joined) == []
