"""The pack as the engine meets it: a gRPC server, asked with the engine's own messages."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import grpc
import pytest
from google.protobuf.empty_pb2 import Empty
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc

from azure_hotpatch.domain.judging.rule import Rule
from azure_hotpatch.domain.rules import RULES
from azure_hotpatch.policies.analyzer import Analyzer
from azure_hotpatch.policies.serve import served

TODAY = date(2026, 6, 1)
LEVELS = {
    "advisory": analyzer_pb2.ADVISORY,
    "mandatory": analyzer_pb2.MANDATORY,
    "disabled": analyzer_pb2.DISABLED,
    "remediate": analyzer_pb2.REMEDIATE,
}
Configured = Mapping[str, str | Mapping[str, Any]]


class Engine:
    """What the engine does with a pack: configure it, send a resource, send the stack."""

    def __init__(self, stub: analyzer_pb2_grpc.AnalyzerStub) -> None:
        self.stub = stub

    def configure(self, config: Configured) -> None:
        """As the engine configures a pack: every policy with its level, the default where the file says none."""
        levels = {policy.name: policy.enforcementLevel for policy in self.stub.GetAnalyzerInfo(EMPTY).policies}
        request = analyzer_pb2.ConfigureAnalyzerRequest()
        for name in {*levels, *config}:
            given = config.get(name, {})
            settings = {"enforcementLevel": given} if isinstance(given, str) else dict(given)
            level = settings.pop("enforcementLevel", None)
            request.policyConfig[name].enforcementLevel = LEVELS[level] if level else levels[name]
            request.policyConfig[name].properties.update(settings)
        self.stub.Configure(request)

    def analyze(
        self, token: str, props: Mapping[str, Any], name: str = "vm", ignore: Sequence[str] = ()
    ) -> list[analyzer_pb2.AnalyzeDiagnostic]:
        request = analyzer_pb2.AnalyzeRequest(type=token, urn=urn(token, name), name=name, properties=struct(props))
        request.options.ignoreChanges.extend(ignore)
        return list(self.stub.Analyze(request).diagnostics)

    def remediate(self, token: str, props: Mapping[str, Any], name: str = "vm") -> list[analyzer_pb2.Remediation]:
        request = analyzer_pb2.AnalyzeRequest(type=token, urn=urn(token, name), name=name, properties=struct(props))
        return list(self.stub.Remediate(request).remediations)

    def analyze_stack(self, *resources: tuple[Any, ...]) -> list[analyzer_pb2.AnalyzeDiagnostic]:
        """Each resource is a token, its outputs, its name, and which URNs its properties come from."""
        request = analyzer_pb2.AnalyzeStackRequest()
        for token, props, name, *depends in resources:
            resource = request.resources.add(type=token, urn=urn(token, name), name=name, properties=struct(props))
            for key, urns in (depends[0] if depends else {}).items():
                resource.propertyDependencies[key].urns.extend(urns)
        return list(self.stub.AnalyzeStack(request).diagnostics)


EMPTY = Empty()


def urn(token: str, name: str) -> str:
    return f"urn:pulumi:dev::project::{token}::{name}"


def struct(props: Mapping[str, Any]) -> Struct:
    made = Struct()
    made.update(dict(props))
    return made


@pytest.fixture
def engine_of() -> Iterator[Callable[..., Engine]]:
    """Starts a pack with a configuration; one server a call."""
    servers = []

    def start(config: Configured | None = None, rules: Sequence[Rule] = RULES) -> Engine:
        server, port = served(Analyzer(TODAY, rules))
        channel = grpc.insecure_channel(f"127.0.0.1:{port}")
        servers.append((server, channel))
        engine = Engine(analyzer_pb2_grpc.AnalyzerStub(channel))
        engine.configure(config or {})
        return engine

    yield start
    for server, channel in servers:
        channel.close()
        server.stop(None).wait()


@pytest.fixture
def pack(engine_of: Callable[..., Engine]) -> Engine:
    return engine_of()


@pytest.fixture
def good_vm(azure_native_vm: dict[str, Any]) -> dict[str, Any]:
    """A machine to which no rule objects, as azure-native writes it."""
    return azure_native_vm
