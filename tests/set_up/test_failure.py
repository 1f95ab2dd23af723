"""A failed step ends in one line that says why and what to do, whichever tool failed."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from set_up import environment_variables
from set_up.failure import SetUpError, explain
from set_up.layout import CHECKOUT, Layout
from set_up.processes import Processes

NOBODY = "http://127.0.0.1:9"  # the discard port: nothing listens there
LOG = Path("a.log")


@pytest.mark.parametrize(
    ("output", "why"),
    [
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("error: failed to write\n  Caused by: Disk quota exceeded (os error 122)", "the disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "not the file that is pinned"),
        ("  x Failed to download `six`\n  Hash mismatch for `six==1.17.0`", "not the file that is pinned"),
        ("verifying github.com/x/y@v1.0.0: checksum mismatch", "not the file that is pinned"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]", "certificate is not trusted"),
        ('Get "https://x": tls: failed to verify certificate: x509: unknown authority', "certificate is not trusted"),
        ("ERROR: 403 Client Error: Forbidden for url", "refused the request"),
        ("reading https://x/y.zip: 407 Proxy Authentication Required", "refused the request"),
        ("dial tcp: lookup nowhere.invalid: no such host", "does not answer"),
        ("read tcp 10.0.0.1:443: i/o timeout", "does not answer"),
        ("The virtual environment was not created successfully because ensurepip is not available.", "no venv module"),
        ("/usr/bin/python3: No module named venv", "no venv module"),
    ],
)
def test_tells_the_reason_from_the_words_of_the_tool(output: str, why: str) -> None:
    assert why in explain("A step", output, "A_SETTING", LOG)


def test_names_the_settings_where_they_may_be_the_cause() -> None:
    assert "GOPROXY" in explain("A step", "no such host", environment_variables.GO_REGISTRY, LOG)


def test_quotes_the_last_words_where_the_reason_is_not_known() -> None:
    line = explain("A step", "first\n\nundefined: x\n", "A_SETTING", LOG)
    assert line == "A step failed: undefined: x. Log: a.log"


def test_a_full_disk_is_named_before_the_download_that_it_ended() -> None:
    assert "disk is full" in explain("A step", "connection reset\nno space left on device", "A_SETTING", LOG)


def test_shows_no_password_of_an_address() -> None:
    assert "hunter2" not in explain("A step", "cannot read https://me:hunter2@mirror/x", "A_SETTING", LOG)


@pytest.mark.parametrize(
    ("command", "variables"),
    [
        ([sys.executable, "-m", "pip", "download", "--retries", "0", "six"], {"PIP_INDEX_URL": f"{NOBODY}/simple"}),
        (
            [CHECKOUT.uv, "pip", "install", "--target", "packages", "six"],
            {"UV_DEFAULT_INDEX": f"{NOBODY}/simple", "UV_HTTP_RETRIES": "0"},
        ),
        (["go", "mod", "download"], {"GOPROXY": NOBODY}),
    ],
    ids=["pip", "uv", "go"],
)
def test_a_registry_that_does_not_answer_is_one_line(
    command: list[str | Path], variables: dict[str, str], layout: Layout, processes: Processes
) -> None:
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not on this machine")
    env = {
        **environment_variables.for_python(layout),
        **environment_variables.for_go(layout),
        **variables,
        "PATH": os.environ["PATH"],
    }
    layout.go.joinpath("tmp").mkdir(parents=True)
    with pytest.raises(SetUpError) as failed:
        processes.run("A step", command, env, layout.sources / "cli", "THE_SETTING")
    assert str(failed.value).startswith("A step: the registry does not answer; check the network, and THE_SETTING")
    assert "\n" not in str(failed.value)
