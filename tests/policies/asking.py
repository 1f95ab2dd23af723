"""The pack behind a real server and channel, asked with the engine's own messages, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import grpc
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc

from azure_hotpatch.policies.analyzer import Analyzer
from azure_hotpatch.policies.serve import served

Resources = tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Answer:
    """What the pack said of one resource: the rules by how they weigh."""

    refused: frozenset[str]
    advised: frozenset[str]
    words: str
    violated: frozenset[str] = frozenset()  # of these, the rules that are sure of it
    unverified: frozenset[str] = frozenset()  # and those that could not tell

    @property
    def rules(self) -> frozenset[str]:
        return self.refused | self.advised


def answer(found: analyzer_pb2.AnalyzeResponse) -> Answer:
    by_level: dict[int, set[str]] = {analyzer_pb2.MANDATORY: set(), analyzer_pb2.ADVISORY: set()}
    for diagnostic in found.diagnostics:
        by_level[diagnostic.enforcementLevel].add(diagnostic.policyName)
    words = "\n".join(diagnostic.message for diagnostic in found.diagnostics)
    unsure = {each.policyName for each in found.diagnostics if "could not be verified" in each.message}
    sure = {each.policyName for each in found.diagnostics if "could not be verified" not in each.message}
    mandatory, advisory = (frozenset(by_level[level]) for level in (analyzer_pb2.MANDATORY, analyzer_pb2.ADVISORY))
    return Answer(mandatory, advisory, words, frozenset(sure), frozenset(unsure))


class Asked:
    """The pack behind a real server and channel."""

    def __init__(self) -> None:
        self.server, port = served(Analyzer(date(2026, 6, 1)))
        self.channel = grpc.insecure_channel(f"127.0.0.1:{port}")
        self.stub = analyzer_pb2_grpc.AnalyzerStub(self.channel)

    def __call__(self, token: str, props: Mapping[str, Any]) -> Answer:
        sent = Struct()
        sent.update(dict(props))
        return answer(self.stub.Analyze(analyzer_pb2.AnalyzeRequest(type=token, urn="urn", name="vm", properties=sent)))

    def together(self, resources: Resources) -> Answer:
        """What the pack says of a whole stack whose resources it did not see one by one."""
        request = analyzer_pb2.AnalyzeStackRequest()
        for token, props, name, *depends in resources:
            resource = request.resources.add(type=token, urn=urn_of(token, name), name=name)
            resource.properties.update(props)
            for key, urns in (depends[0] if depends else {}).items():
                resource.propertyDependencies[key].urns.extend(urns)
        started = Asked()  # one that has seen nothing yet
        try:
            return answer(started.stub.AnalyzeStack(request))
        finally:
            started.close()

    def close(self) -> None:
        self.channel.close()
        self.server.stop(None).wait()


def urn_of(token: str, name: str) -> str:
    return f"urn:pulumi:dev::project::{token}::{name}"
