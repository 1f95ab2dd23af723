"""What the policy pack says of a fleet: the pack itself, asked as the engine asks it, without an engine."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import grpc
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import analyzer_pb2

from azure_hotpatch.domain.judging.rule import Rule
from azure_hotpatch.domain.rules import RULES
from azure_hotpatch.policies.analyzer import Analyzer
from tests.contract.fleets.generated import Fleet

_NOBODY = cast("grpc.ServicerContext", None)  # the pack uses it to refuse a configuration alone
_GENERATION = "2025"


@dataclass
class Verdict:
    """The rules that refuse a resource, those that advise, and those that could not tell."""

    refused: set[str] = field(default_factory=set)
    advised: set[str] = field(default_factory=set)
    unverified: set[str] = field(default_factory=set)


def verdicts(fleet: Fleet, rules: Sequence[Rule] = RULES) -> dict[str, Verdict]:
    """The verdict on each resource of a fleet, by its id, of the resource alone and of the stack."""
    analyzer = Analyzer(fleet.start.date(), rules)
    analyzer.Configure(_configuration(fleet), _NOBODY)
    found: dict[str, Verdict] = defaultdict(Verdict)
    ids = {_urn(one.token, one.name): one.id for one in fleet.resources}
    stack = analyzer_pb2.AnalyzeStackRequest()
    for one in fleet.resources:
        urn = _urn(one.token, one.name)
        request = analyzer_pb2.AnalyzeRequest(type=one.token, urn=urn, name=one.name, properties=_struct(one.props))
        _take(found, ids, analyzer.Analyze(request, _NOBODY).diagnostics)
        outputs = _struct({**one.props, "id": one.id})
        stack.resources.add(type=one.token, urn=urn, name=one.name, properties=outputs)
    _take(found, ids, analyzer.AnalyzeStack(stack, _NOBODY).diagnostics)
    return found


def _configuration(fleet: Fleet) -> Any:
    request = analyzer_pb2.ConfigureAnalyzerRequest()
    own: dict[str, Any] = {
        "generation": _GENERATION,
        "modes": {f"*::{name}": mode for name, mode in fleet.modes.items()},
    }
    request.policyConfig["hotpatch"].enforcementLevel = analyzer_pb2.ADVISORY
    request.policyConfig["hotpatch"].properties.update(own)
    return request


def _take(found: dict[str, Verdict], ids: dict[str, str], diagnostics: Iterable[Any]) -> None:
    for each in diagnostics:
        verdict = found[ids[each.urn]]
        if "could not be verified" in each.message:
            verdict.unverified.add(each.policyName)
        elif each.enforcementLevel == analyzer_pb2.MANDATORY:
            verdict.refused.add(each.policyName)
        else:
            verdict.advised.add(each.policyName)


def _urn(token: str, name: str) -> str:
    return f"urn:pulumi:dev::fleet::{token}::{name}"


def _struct(props: dict[str, Any]) -> Struct:
    made = Struct()
    made.update(props)
    return made
