"""`hotpatch azure env`: what it sets, that it shows no secret, and that undo gives back what was there."""

import os
import subprocess
import sys

import pytest

from azure_hotpatch.emulator.served import shells, trust
from azure_hotpatch.emulator.served.steps import set_steps, undo_steps

SECRET = 'hunter-2\'s "own" $(secret)'  # noqa: S105 - made up
BEFORE = {"AZURE_CLIENT_SECRET": SECRET, "ARM_USE_OIDC": "true", "NODE_EXTRA_CA_CERTS": "/company/ca.pem"}


def _sh(script, environ):
    ran = subprocess.run(["sh", "-eu", "-c", script], env=environ, capture_output=True, check=True)
    return dict(line.split("=", 1) for line in ran.stdout.decode().split("\0") if line)


@pytest.fixture
def hotpatch(served, tmp_path):
    """A shell in which `hotpatch` is this project's, with variables of the person's own."""
    script = tmp_path / "hotpatch"
    script.write_text(f'#!/bin/sh\nexec {sys.executable} -m azure_hotpatch.cli "$@"\n')
    script.chmod(0o755)
    return {**served.environ, **BEFORE, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}


def test_points_a_shell_here_and_gives_back_what_was_there(hotpatch, served):
    there = 'eval "$(hotpatch azure env --shell sh)"; '
    back = 'eval "$(hotpatch azure env --shell sh --undo)"; '
    during = _sh(f"{there} env -0", hotpatch)
    assert during["AZURE_AUTHORITY_HOST"] == served.url
    assert during["AZURE_CLIENT_SECRET"] == "emulator"  # noqa: S105 - every secret is taken
    assert "ARM_USE_OIDC" not in during
    for script in (f"{there}{back}", f"{there}{there}{back}", back):
        assert _of_the_person(_sh(f"{script} env -0", hotpatch)) == _of_the_person(hotpatch)


def _of_the_person(environ):
    return {name: value for name, value in environ.items() if name not in {"_", "PWD", "SHLVL", "OLDPWD"}}


@pytest.mark.parametrize("shell", ["sh", "fish", "powershell", "dotenv"])
def test_shows_nothing_of_what_was_set_before(hotpatch, shell):
    for extra in ([], ["--undo"]) if shell != "dotenv" else ([],):
        ran = subprocess.run(["hotpatch", "azure", "env", "--shell", shell, *extra], env=hotpatch, capture_output=True)
        assert ran.returncode == 0
        assert b"hunter" not in ran.stdout + ran.stderr


def test_undo_alone_does_nothing(served):
    assert served.hotpatch("azure", "env", "--shell", "sh", "--undo", check=True).stdout == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--shell", "csh"], "there is no shell 'csh' here; give one of sh, fish, powershell, dotenv"),
        (["--shell", "dotenv", "--undo"], "a dotenv file cannot unset a variable"),
    ],
)
def test_refuses_in_one_line(served, arguments, words):
    ran = served.hotpatch("azure", "env", *arguments)
    assert ran.returncode == 3
    assert words in ran.stderr
    assert ran.stderr.count("\n") == 1


def test_says_the_ports_of_the_emulator_that_runs(served):
    printed = served.hotpatch("azure", "env", "--shell", "dotenv", check=True).stdout
    assert f"ARM_RESOURCE_MANAGER_ENDPOINT={served.url}\n" in printed
    assert f"IDENTITY_ENDPOINT={served.plain_url}/msi/token\n" in printed
    other = served.hotpatch("azure", "env", "--shell", "dotenv", "--port", "9443", "--host", "azure", check=True).stdout
    assert "ARM_METADATA_HOSTNAME=azure:9443\n" in other


def test_goes_past_a_proxy_and_keeps_what_went_past_it_before(served):
    environ = {**served.environ, "https_proxy": "http://proxy:3128", "no_proxy": "intranet"}
    command = subprocess.run(_python_hotpatch(), env=environ, capture_output=True, text=True, check=True)
    assert "no_proxy=intranet,localhost,127.0.0.1,::1\n" in command.stdout


def _python_hotpatch():
    return [sys.executable, "-m", "azure_hotpatch.cli", "azure", "env", "--shell", "dotenv"]


@pytest.mark.parametrize(
    ("shell", "set_line", "copied", "unset"),
    [
        ("sh", "export A='it'\"'\"'s $x'", 'export HOTPATCH_AZURE_BEFORE_A="$A"', "unset A"),
        ("fish", "set -gx A 'it\\'s $x'", "set -gx HOTPATCH_AZURE_BEFORE_A $A", "set -e A"),
        (
            "powershell",
            "$env:A = 'it''s $x'",
            "$env:HOTPATCH_AZURE_BEFORE_A = $env:A",
            "Remove-Item Env:A -ErrorAction SilentlyContinue",
        ),
    ],
)
def test_each_shell_has_its_words(shell, set_line, copied, unset):
    assert shells.script(shell, set_steps({"A": "it's $x"}, {"A": "1"})).splitlines()[:2] == [copied, set_line]
    assert shells.script(shell, undo_steps({"HOTPATCH_AZURE_ENV": "A"})).splitlines()[0] == unset


def test_the_bundle_has_what_was_trusted_before_and_the_own_authority_once(served, tmp_path):
    company = tmp_path / "company.pem"
    company.write_text("a comment\n-----BEGIN CERTIFICATE-----\nY29tcGFueQ==\n-----END CERTIFICATE-----\n")
    bundle = tmp_path / "bundle.pem"
    for environ in (
        {"REQUESTS_CA_BUNDLE": str(company)},
        {"SSL_CERT_FILE": str(bundle), "HOTPATCH_AZURE_BEFORE_SSL_CERT_FILE": str(company)},
    ):
        trust.write_bundle(bundle, served.authority, environ)
        found = trust.certificates(bundle)
        assert found[0].splitlines()[1] == "Y29tcGFueQ=="
        assert found[-1] == served.authority.read_text().strip()
        assert len(found) == len(set(found)) > 20


def test_nothing_is_written_outside_the_emulators_folder(served, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    served_elsewhere = {**served.environ, "HOME": str(home)}
    subprocess.run(_python_hotpatch(), env=served_elsewhere, check=True, capture_output=True)
    assert list(home.iterdir()) == []
