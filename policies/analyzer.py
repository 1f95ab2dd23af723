"""The policy server's analyzer: each resource is read once, and every rule checks the record."""

# ruff: noqa: N802 - the methods have the protocol's names

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import grpc
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc, plugin_pb2

from azure_hotpatch import __version__
from azure_hotpatch.domain.azure.calendar import CALENDAR, Calendar
from azure_hotpatch.domain.judging.modes import NOTHING_DECLARED
from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.domain.judging.remediation import SettingChange
from azure_hotpatch.domain.judging.rule import Rule
from azure_hotpatch.domain.printable import line
from azure_hotpatch.domain.rules import RULES
from azure_hotpatch.policies.config import SETTINGS, Config, ConfigError, Level, parse_config
from azure_hotpatch.policies.pack import NAME, SETTINGS_SUMMARY, WIRE_LEVELS, WIRE_SEVERITIES, information
from azure_hotpatch.policies.program_language import language_of_project
from azure_hotpatch.policies.reading import Run, Source, concerns, records
from azure_hotpatch.policies.reading.references import references
from azure_hotpatch.policies.remedy import remedied
from azure_hotpatch.policies.spelling import Language
from azure_hotpatch.policies.stack_modes import declared_modes
from azure_hotpatch.policies.verdict import OF_THE_PROGRAM, Ruling, linked_rulings, message, rulings
from azure_hotpatch.policies.waivers import Waiver, stale
from azure_hotpatch.policies.wire import object_of, source_of_request, source_of_resource, struct_of

_NAMESPACE = "azure-hotpatch"  # of the stack's own settings
_SHARED = ("images", "calendar")
_LEVELS = {wire: level for level, wire in WIRE_LEVELS.items()}


class Analyzer(analyzer_pb2_grpc.AnalyzerServicer):
    """One run of the engine: it configures the pack, sends each resource, and last the whole stack."""

    def __init__(
        self,
        today: date,
        rules: Sequence[Rule] = RULES,
        calendar: Calendar = CALENDAR,
        folders: Sequence[Path] = (),
    ) -> None:
        """`folders` are those in one of which the program may be."""
        self._today = today
        self._rules = rules
        self._calendar = calendar
        self._of_the_stack: dict[str, Any] = {}  # the settings that the pack shares with the stack
        self._declared = NOTHING_DECLARED  # by the stack's settings
        self._config: Config = parse_config({}, rules, calendar)
        self._read: dict[str, list[Record]] = {}  # by URN, the inputs that the program declared
        self._used: set[Waiver] = set()
        self._folders = folders
        self._language: Language | None = None
        self._run = Run()  # what all templates of the stack may cost to read

    def Handshake(self, _request: Any, _context: Any) -> analyzer_pb2.AnalyzerHandshakeResponse:
        return analyzer_pb2.AnalyzerHandshakeResponse()

    def GetAnalyzerInfo(self, _request: Any, _context: Any) -> analyzer_pb2.AnalyzerInfo:
        return information(self._rules)

    def GetPluginInfo(self, _request: Any, _context: Any) -> plugin_pb2.PluginInfo:
        return plugin_pb2.PluginInfo(version=__version__)

    def Cancel(self, _request: Any, _context: Any) -> Empty:
        return Empty()

    def ConfigureStack(self, request: Any, _context: Any) -> analyzer_pb2.AnalyzerStackConfigureResponse:
        self._of_the_stack = dict(_of_the_stack(request.config, request.project))
        self._declared = declared_modes(request.config, request.project)
        languages = (language_of_project(folder, request.project) for folder in self._folders)
        self._language = next(filter(None, languages), None)
        self._config = self._parsed({})
        return analyzer_pb2.AnalyzerStackConfigureResponse()

    def Configure(self, request: Any, context: grpc.ServicerContext) -> Empty:
        raw = {
            name: {"enforcementLevel": _LEVELS[given.enforcementLevel].value, **object_of(given.properties)}
            for name, given in request.policyConfig.items()
        }
        try:
            self._config = self._parsed(raw)
        except ConfigError as error:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(error))
        return Empty()

    def Analyze(self, request: Any, _context: Any) -> analyzer_pb2.AnalyzeResponse:
        if not concerns(request.type):
            return analyzer_pb2.AnalyzeResponse()
        found = self._records(self._of_the_run(source_of_request(request)))
        return self._answer(rulings(found, self._config, self._today, self._others()))

    def Remediate(self, request: Any, _context: Any) -> analyzer_pb2.RemediateResponse:
        response = analyzer_pb2.RemediateResponse()
        if Level.REMEDIATE not in self._config.levels.values() or not concerns(request.type):
            return response
        for change, after in remedied(self._of_the_run(source_of_request(request)), self._config, self._today):
            response.remediations.append(_remediation(change, properties=struct_of(after)))
            response.remediations.append(_remediation(change, diagnostic=line(f"changed {change}")))
        return response

    def AnalyzeStack(self, request: Any, _context: Any) -> analyzer_pb2.AnalyzeResponse:
        linked: list[Record] = []
        unseen: list[Record] = []  # no request of their own came: they were not targeted
        for resource in request.resources:
            if not concerns(resource.type):
                continue
            source = self._of_the_run(source_of_resource(resource))
            seen = self._read.get(source.urn)
            if seen is None:
                unseen.extend(self._records(source))
            linked.extend(_joined(self._read[source.urn], source))
        alone = rulings(unseen, self._config, self._today, self._others())
        response = self._answer([*alone, *linked_rulings(linked, self._config, self._today)])
        response.diagnostics.extend(self._about_waivers())
        return response

    def _others(self) -> Iterator[Record]:
        # The engine analyzes several resources at once, so the dictionary may grow meanwhile.
        return (record for records in tuple(self._read.values()) for record in records if record.kind in OF_THE_PROGRAM)

    def _of_the_run(self, source: Source) -> Source:
        return replace(source, run=self._run)

    def _records(self, source: Source) -> list[Record]:
        self._read[source.urn] = records(source)
        return self._read[source.urn]

    def _answer(self, found: Iterable[Ruling]) -> analyzer_pb2.AnalyzeResponse:
        """One diagnostic for each ruling that is not waived."""
        response = analyzer_pb2.AnalyzeResponse()
        for ruling in found:
            if ruling.waiver:
                self._used.add(ruling.waiver)
            if not ruling.waived:
                response.diagnostics.append(_diagnostic(ruling, message(ruling, self._language)))
        return response

    def _about_waivers(self) -> Iterator[analyzer_pb2.AnalyzeDiagnostic]:
        if self._config.settings_level is Level.DISABLED:
            return
        level = Level.ADVISORY if self._config.settings_level is Level.ADVISORY else Level.MANDATORY
        for problem in stale(self._config.waivers, self._used, self._today):
            yield analyzer_pb2.AnalyzeDiagnostic(
                policyName=SETTINGS,
                policyPackName=NAME,
                policyPackVersion=__version__,
                description=SETTINGS_SUMMARY,
                message=line(problem),
                enforcementLevel=WIRE_LEVELS[level],
            )

    def _parsed(self, raw: Mapping[str, Any]) -> Config:
        """The stack's settings, for what the pack's own configuration does not set."""
        settings = {**self._of_the_stack, **raw.get(SETTINGS, {})}
        return parse_config({**raw, SETTINGS: settings}, self._rules, self._calendar).declaring(self._declared)


def _diagnostic(ruling: Ruling, words: str) -> analyzer_pb2.AnalyzeDiagnostic:
    return analyzer_pb2.AnalyzeDiagnostic(
        policyName=ruling.rule.id,
        policyPackName=NAME,
        policyPackVersion=__version__,
        description=ruling.rule.summary,
        message=words,
        urn=ruling.record.urn,
        enforcementLevel=WIRE_LEVELS[ruling.level],
        severity=WIRE_SEVERITIES[ruling.rule.severity],
    )


def _remediation(change: SettingChange, **what: Any) -> analyzer_pb2.Remediation:
    """A change, or its description: the engine accepts one of the two at a time."""
    return analyzer_pb2.Remediation(
        policyName=change.rule, policyPackName=NAME, policyPackVersion=__version__, description=change.why, **what
    )


def _joined(asked: Iterable[Record], source: Source) -> Iterator[Record]:
    """The declared records, with what is known of each now: its id, and which resources its values come from."""
    known = source.props.get("id")
    for record in asked:
        body = {**record.body, "id": known} if isinstance(known, str) and not record.origin else record.body
        yield replace(record, body=body, references=references(source.depends_on))


def _of_the_stack(config: Mapping[str, str], project: str) -> Iterator[tuple[str, Any]]:
    """The stack's settings that are the pack's too. A mistake in one is reported by the program, not by the pack."""
    own = {name: config.get(f"{project}:{name}", config.get(f"{_NAMESPACE}:{name}", "")) for name in _SHARED}
    read = {"generation": _object(own["images"]).get("generation"), "calendar": _object(own["calendar"])}
    for key, value in read.items():
        with suppress(ConfigError):
            if value:
                parse_config({SETTINGS: {key: value}})
                yield key, value


def _object(text: str) -> dict[str, Any]:
    """The object that a setting's text holds, empty if it holds none."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
