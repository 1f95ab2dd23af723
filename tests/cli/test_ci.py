"""The workflows, the pipeline template, and the examples of the guides are what GitHub and Azure Pipelines take."""

import json
import re
import subprocess
from pathlib import Path

import check_jsonschema
import pytest
import yaml

from azure_hotpatch.cli.__main__ import COMMANDS, command_of
from azure_hotpatch.policies.config import parse_config

REPOSITORY = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((REPOSITORY / ".github/workflows").glob("*.yml"))
PIPELINES = sorted((REPOSITORY / "ci/azure-pipelines").glob("*.yml"))
GUIDES = [
    REPOSITORY / f"docs/guides/{name}.md"
    for name in ("pull-request-check", "drift-gate", "reading-a-verdict", "waivers")
]
REUSABLE = REPOSITORY / ".github/workflows/hotpatch-policy.yml"

GITHUB = ("--builtin-schema", "vendor.github-workflows")
AZURE = (
    "--builtin-schema",
    "vendor.azure-pipelines",
    "--data-transform",
    "azure-pipelines",
    "--regex-variant",
    "python",
)


def _blocks(language):
    fence = re.compile(rf"^```{language}\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    found = [(guide, text) for guide in GUIDES for text in fence.findall(guide.read_text(encoding="utf-8"))]
    return [pytest.param(text, id=f"{guide.stem}-{number}") for number, (guide, text) in enumerate(found)]


def _is_valid(file, kind, capsys):
    code = check_jsonschema.main([*kind, str(file)], standalone_mode=False)
    assert not code, capsys.readouterr().out


def _nodes(node):
    yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _nodes(child)


def _scripts(file):
    nodes = [node for node in _nodes(yaml.safe_load(file.read_text(encoding="utf-8"))) if isinstance(node, dict)]
    return [node[key] for node in nodes for key in ("run", "bash", "inlineScript") if isinstance(node.get(key), str)]


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_a_workflow_is_valid(file, capsys):
    _is_valid(file, GITHUB, capsys)


@pytest.mark.parametrize("file", PIPELINES, ids=lambda file: file.name)
def test_a_pipeline_template_is_valid(file, capsys):
    _is_valid(file, AZURE, capsys)


@pytest.mark.parametrize("text", _blocks("yaml"))
def test_an_example_of_a_guide_is_valid(text, tmp_path, capsys):
    file = tmp_path / "example.yml"
    file.write_text(text, encoding="utf-8")
    _is_valid(file, GITHUB if re.search(r"^on:", text, re.MULTILINE) else AZURE, capsys)


@pytest.mark.parametrize("text", _blocks("yaml"))
def test_an_example_gives_the_inputs_that_there_are_and_all_that_are_needed(text):
    (call,) = [
        node for node in _nodes(yaml.safe_load(text)) if isinstance(node, dict) and {"uses", "template"} & set(node)
    ]
    given = set(call.get("with") or call["parameters"])
    needed, known = _github_inputs() if "uses" in call else _azure_parameters()
    assert needed <= given <= known


def _github_inputs():
    inputs = yaml.safe_load(REUSABLE.read_text(encoding="utf-8"))[True]["workflow_call"][
        "inputs"
    ]  # `on` is YAML's true
    return {name for name, each in inputs.items() if each.get("required")}, set(inputs)


def _azure_parameters():
    parameters = yaml.safe_load(PIPELINES[0].read_text(encoding="utf-8"))["parameters"]
    return {each["name"] for each in parameters if "default" not in each}, {each["name"] for each in parameters}


@pytest.mark.parametrize("text", _blocks("json"))
def test_a_configuration_of_a_guide_can_be_read(text):
    assert parse_config(json.loads(text)).waivers


@pytest.mark.parametrize("file", [*WORKFLOWS, *PIPELINES], ids=lambda file: file.name)
def test_a_script_is_one_that_bash_can_read_and_holds_no_text_of_the_caller(file):
    for script in _scripts(file):
        done = subprocess.run(["bash", "-n"], input=script, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert "${{" not in script, "give it as an environment variable"


@pytest.mark.parametrize("file", [*WORKFLOWS, *PIPELINES], ids=lambda file: file.name)
def test_no_stored_secret_is_used(file):
    text = file.read_text(encoding="utf-8").lower()
    assert not re.search(r"\$\{\{\s*secrets\.|client.?secret|access_token:|pulumi_access_token|password", text)


def test_the_reusable_workflow_asks_for_no_permission_that_it_does_not_use():
    job = yaml.safe_load(REUSABLE.read_text(encoding="utf-8"))["jobs"]["hotpatch"]
    assert job["permissions"] == {
        "contents": "read",
        "id-token": "write",
        "pull-requests": "write",
        "security-events": "write",
    }


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_an_action_is_pinned(file):
    used = re.findall(r"uses: (\S+)", file.read_text(encoding="utf-8"))
    assert used
    assert all(re.search(r"@[0-9a-f]{40}$", action) for action in used)


@pytest.mark.parametrize("file", [REUSABLE, *PIPELINES], ids=lambda file: file.name)
def test_the_commands_that_a_script_runs_are_ours(file):
    script = "\n".join(_scripts(file))
    assert {"check", "pack"} == set(re.findall(r"hotpatch (\w+)(?= |\))", script)) & set(COMMANDS)
    options = set(re.findall(r"--(?:config|source-root|output|parameters|format)\b", script))
    known = {option for parameter in command_of("check").params for option in parameter.opts}
    assert options <= known


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_a_link_between_guides_leads_somewhere(guide):
    links = re.findall(r"\]\(([^)#:]+)\)", guide.read_text(encoding="utf-8"))
    assert all((guide.parent / link).exists() for link in links)


@pytest.mark.parametrize("file", [REUSABLE, *PIPELINES], ids=lambda file: file.name)
@pytest.mark.parametrize(
    ("toolkit", "is_taken"),
    [
        (f"azure-hotpatch @ git+https://github.com/contoso/azure-hotpatch@{'0' * 40}", True),
        (f"https://packages.contoso.com/azure_hotpatch-0.1.0-py3-none-any.whl#sha256={'0' * 64}", True),
        ("azure-hotpatch", False),
        ("azure-hotpatch==0.1.0", False),
        ("azure-hotpatch @ git+https://github.com/contoso/azure-hotpatch@v0.1.0", False),
    ],
)
def test_the_toolkit_is_installed_by_commit_or_by_hash_alone(file, toolkit, is_taken, tmp_path):
    done = _installed(file, tmp_path, toolkit, "mkdir -p pack && touch pack/PulumiPolicy.yaml && echo $PWD/pack")
    assert (done.returncode == 0) == is_taken, done.stdout + done.stderr
    assert ("must end in @<commit>" in done.stdout) != is_taken


@pytest.mark.parametrize("file", [REUSABLE, *PIPELINES], ids=lambda file: file.name)
@pytest.mark.parametrize("hotpatch", ["exit 1", "true", "echo /nowhere"])
def test_a_pack_that_is_not_there_ends_the_job_before_the_preview(file, hotpatch, tmp_path):
    toolkit = f"azure-hotpatch @ git+https://github.com/contoso/azure-hotpatch@{'0' * 40}"
    assert _installed(file, tmp_path, toolkit, hotpatch).returncode != 0


def _installed(file, folder, toolkit, hotpatch):
    """Runs the script that installs the toolkit, with stand-ins for pip, the download and the command hotpatch."""
    (script,) = [each for each in _scripts(file) if "pip install" in each]
    for name, body in {
        "python": "true",
        "curl": "true",
        "tar": "true",
        "sha256sum": "cat >/dev/null",
        "hotpatch": hotpatch,
    }.items():
        stand_in = folder / "bin" / name
        stand_in.parent.mkdir(exist_ok=True)
        stand_in.write_text(f"#!/bin/bash\n{body}\n", encoding="utf-8")
        stand_in.chmod(0o755)
    names = {"TOOLKIT": toolkit, "REQUIREMENTS": "none", "PULUMI_VERSION": "3.220.0", "PULUMI_SHA256": "0" * 64}
    env = {
        **names,
        "PATH": f"{folder}/bin:/usr/bin:/bin",
        "GITHUB_ENV": f"{folder}/env",
        "AGENT_TEMPDIRECTORY": str(folder),
    }
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script], cwd=folder, env=env, capture_output=True, text=True, check=False
    )
