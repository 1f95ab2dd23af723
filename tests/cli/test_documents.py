"""What a file is, told by its keys, and the one line that is said of a file that is nothing."""

import json
import re

import pytest

SKU = "storageProfile.imageReference.sku"
LOOK_ALIKE = "2022-datacenter-azure-edition"
BAD = {SKU: LOOK_ALIKE}


def _kinds(outcome):
    return [file["kind"] for file in json.loads(outcome.out)["files"]]


def test_knows_a_preview(check, write, preview, vm):
    outcome = check(write("a.json", preview(vm(BAD))))
    assert (_kinds(outcome), outcome.findings, outcome.code) == (["preview"], [("HP001", "violation")], 1)


def test_knows_a_stack_export(check, write, export, vm):
    outcome = check(write("a.json", export(vm(BAD))))
    assert (_kinds(outcome), outcome.findings, outcome.code) == (["stack export"], [("HP001", "violation")], 1)


def test_knows_the_state_file_of_a_self_managed_backend(check, write, export, vm):
    whole = export(vm(BAD))
    state = {"version": 3, "checkpoint": {"stack": "organization/fleet/prod", "latest": whole["deployment"]}}
    outcome = check(write("a.json", state))
    assert (_kinds(outcome), outcome.findings) == (["state file"], [("HP001", "violation")])


def test_knows_an_arm_template(check, write, template, vm):
    outcome = check(write("a.json", template(vm(BAD))))
    assert (_kinds(outcome), outcome.findings, outcome.code) == (["ARM template"], [("HP001", "violation")], 1)


def test_reads_an_arm_template_whose_resources_have_symbolic_names(check, write, template, vm):
    whole = template(vm(), vm(BAD, name="db"))
    whole["resources"] = {"web": whole["resources"][0], "db": whole["resources"][1]}
    found = json.loads(check(write("a.json", {**whole, "languageVersion": "2.0"})).out)["findings"]
    assert [(each["resource"]["name"], each["resource"]["origin"]) for each in found] == [("db", "resources.db")]


def test_a_template_may_have_comments_and_keeps_its_lines(check, write, template, vm):
    lines = json.dumps(template(vm(BAD)), indent=2).splitlines()
    lines.insert(1, '  // a comment with "quotes" /* and more')
    lines.insert(2, "  /* two\n     lines */")
    outcome = check(write("a.json", "\n".join(lines).encode()))
    line = json.loads(outcome.out)["findings"][0]["file"]["line"]
    assert outcome.findings == [("HP001", "violation")]
    assert "Microsoft.Compute" in "\n".join(lines).splitlines()[line]


def test_what_looks_like_a_comment_in_a_text_is_none(check, write, template, vm):
    whole = template(vm(BAD), metadata={"link": "https://example.com/*"})
    data = json.dumps(whole, indent=2).replace("{", "{ // open", 1)
    assert check(write("a.json", data.encode())).findings == [("HP001", "violation")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_reads_what_a_shell_wrote_in(encoding, check, write, preview, vm):
    data = json.dumps(preview(vm(BAD, name="wéb")), ensure_ascii=False).encode(encoding)
    assert check(write("a.json", data)).findings == [("HP001", "violation")]


def test_reads_standard_input(check, preview, vm):
    outcome = check("-", stdin=json.dumps(preview(vm(BAD))).encode())
    assert outcome.findings == [("HP001", "violation")]


@pytest.mark.parametrize("form", ["text", "json", "markdown", "junit", "sarif"])
def test_standard_input_is_called_that_in_a_report(form, hotpatch, preview, vm):
    report = hotpatch("check", "-", "--format", form, stdin=json.dumps(preview(vm(BAD))).encode()).out
    assert re.search("standard(%20| )input", report)


def test_reads_several_files_and_one_that_is_named_twice_once(check, write, preview, template, vm):
    first, second = write("a.json", preview(vm(BAD))), write("b.json", template(vm(BAD)))
    assert _kinds(check(first, second, first)) == ["preview", "ARM template"]


def test_a_stack_without_resources_is_clean(check, write):
    assert check(write("a.json", {"version": 3, "deployment": {"manifest": {}, "resources": []}})).code == 0
    assert check(write("b.json", {"version": 3, "deployment": {"manifest": {}}})).code == 0


def test_a_preview_without_steps_is_clean(check, write):
    assert check(write("a.json", {"steps": [], "changeSummary": {}})).code == 0


def test_a_finding_names_the_line_where_its_resource_begins(check, write, export, vm):
    name = write("a.json", export(vm(), vm(BAD, name="db")))
    line = json.loads(check(name).out)["findings"][0]["file"]["line"]
    after = "\n".join(json.dumps(export(vm(), vm(BAD, name="db")), indent=2).splitlines()[line - 1 :])
    assert after.lstrip().startswith("{")
    assert json.JSONDecoder().raw_decode(after.lstrip())[0]["urn"].endswith("::db")


def test_a_template_takes_parameters_from_a_file(check, write, template, vm):
    whole = template(vm({SKU: "[parameters('sku')]"}), parameters={"sku": {"type": "string"}})
    name = write("a.json", whole)
    schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#"
    given = {"$schema": schema, "contentVersion": "1.0.0.0", "parameters": {"sku": {"value": LOOK_ALIKE}}}
    assert check(name).findings == [("HP001", "unverified")]
    assert check(name, "--parameters", write("p.json", given)).findings == [("HP001", "violation")]


WRONG = {
    "nothing": (b"", "is empty: did the command that wrote it fail?"),
    "blanks": (b" \n", "is empty: did the command that wrote it fail?"),
    "not_json": (b"hello", "is not JSON: Expecting value: line 1 column 1 (char 0)"),
    "cut_off": (b'{"version": 3, "deployment": {"resources": [{"urn"', "is not JSON:"),
    "two": (b'{"steps": []}\n{"steps": []}', "is not JSON: Extra data: line 1 column 14 (char 13)"),
    "not_text": (b"\xff\xff\xff\xff\xff{", "is not text in UTF-8, UTF-16 or UTF-32"),
    "list": (b"[]", "holds no resource: the list or query found none"),
    "number": (b"17", "it has no keys"),
    "other": (b'{"name": "package", "scripts": {}}', "its keys are name, scripts"),
    "version": (b'{"version": 2, "deployment": {}}', "has version 2 of Pulumi's state, and 3 or 4 can be read"),
    "newer": (b'{"version": 5, "deployment": {}}', "has version 5 of Pulumi's state, and 3 or 4 can be read"),
    "step": (b'{"steps": [{"newState": 3, "op": "create"}]}', "an entry of `steps` is not a resource"),
    "resource": (b'{"version": 3, "deployment": {"resources": [{}]}}', "an entry of `deployment.resources` is not"),
    "words": (b'{"version": 3, "deployment": {"resources": ["a"]}}', "an entry of `deployment.resources` is not"),
    "no_list": (b'{"version": 3, "deployment": {"resources": 3}}', "`deployment.resources` is not a list"),
    "steps": (b'{"steps": {"a": 1}}', "is not a list"),
    "no_object": (b'{"version": 3, "deployment": 3}', "`deployment` is not an object"),
    "deep": (b'{"steps": ' + b"[" * 200_000 + b"]" * 200_000 + b"}", "is nested deeper than can be read"),
    "long_number": (b'{"steps": [' + b"9" * 5_000 + b"]}", "holds a number that is too long"),
    "two_kinds": (
        b'{"contentVersion": "1", "resources": [{}], "resources": {"a": {}}}',
        "`resources` is written twice",
    ),
    "two_words": (b'{"contentVersion": "1", "resources": 5, "resources": [{}]}', "`resources` is written twice"),
}


@pytest.mark.parametrize("case", WRONG)
def test_says_in_one_line_what_is_wrong_with(case, check, write):
    data, words = WRONG[case]
    outcome = check(write("a.json", data))
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.startswith("hotpatch: a.json ")
    assert words in outcome.err
    assert outcome.err.count("\n") == 1


@pytest.mark.parametrize("told", [{"sourcePosition": 5}, {"stackTrace": 5}, {"stackTrace": [5, {}]}])
def test_a_place_that_cannot_be_read_is_none(told, check, write, preview, vm):
    document = preview(vm())
    document["steps"][0]["newState"] |= told
    assert check(write("a.json", document)).code == 0


@pytest.mark.parametrize("diagnostics", [5, [5], {"severity": "error"}])
def test_diagnostics_that_cannot_be_read_say_nothing(diagnostics, check, write, preview, vm):
    assert check(write("a.json", {**preview(vm()), "diagnostics": diagnostics})).code == 0


@pytest.mark.parametrize("form", ["text", "json", "markdown", "sarif", "junit"])
def test_half_a_character_is_written_as_a_question_mark(form, hotpatch, write, preview, vm):
    document = json.dumps(preview(vm({"storageProfile": None}))).replace("::web", "::\\ud800")
    outcome = hotpatch("check", write("a.json", document.encode()), "--format", form)
    assert outcome.code == 1
    assert outcome.out


def test_a_parameters_file_is_pointed_to_its_option(check, write):
    name = write("p.json", {"$schema": "https://x/2019-04-01/deploymentParameters.json#", "parameters": {}})
    assert "give it with --parameters" in check(name).err


@pytest.mark.parametrize(("name", "hint"), [("main.bicep", "bicep build"), ("Pulumi.yaml", "pulumi preview --json")])
def test_a_source_is_pointed_to_what_makes_its_json(name, hint, check, write):
    assert hint in check(write(name, b"resource vm")).err


def test_a_file_that_is_not_there_is_one_line(check):
    outcome = check("nowhere.json")
    assert (outcome.code, outcome.err) == (3, "hotpatch: nowhere.json cannot be read: No such file or directory\n")
