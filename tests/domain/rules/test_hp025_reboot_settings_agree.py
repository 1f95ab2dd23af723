"""HP025: the machine's reboot setting wins over its schedule's."""

from typing import Any

import pytest

OWN = "osProfile.windowsConfiguration.patchSettings.automaticByPlatformSettings.rebootSetting"
THEIRS = "installPatches.rebootSetting"


@pytest.mark.parametrize(("own", "theirs"), [("IfRequired", "Always"), ("Never", "AlwaysReboot")])
def test_warns_where_they_differ(
    own: str, theirs: str, scheduled_vm: Any, assignment: Any, configuration: Any, ask: Any
) -> None:
    (finding,) = ask("HP025", scheduled_vm({OWN: own}), assignment(), configuration({THEIRS: theirs}))
    assert f"the machine says {own} and its schedule 'saturday' says Always" in finding.message


@pytest.mark.parametrize(
    ("own", "theirs"), [("IfRequired", "ifrequired"), ("Always", "AlwaysReboot"), (None, "Always"), ("Never", None)]
)
def test_accepts_agreement_and_silence(
    own: Any, theirs: Any, scheduled_vm: Any, assignment: Any, configuration: Any, ask: Any
) -> None:
    assert ask("HP025", scheduled_vm({OWN: own}), assignment(), configuration({THEIRS: theirs})) == []


def test_shows_no_setting_that_is_the_schedule_s_secret(
    scheduled_vm: Any, assignment: Any, configuration: Any, ask: Any
) -> None:
    secret = configuration({THEIRS: "Always"}, secrets=frozenset({THEIRS}))
    (finding,) = ask("HP025", scheduled_vm({OWN: "IfRequired"}), assignment(), secret)
    assert "Always" not in f"{finding.message}{finding.allowed}"
