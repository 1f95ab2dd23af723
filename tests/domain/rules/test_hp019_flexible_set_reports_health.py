"""HP019: a Flexible set has an application-health extension, in it or beside it."""

from typing import Any

import pytest

from azure_hotpatch.domain.judging.finding import Verdict
from azure_hotpatch.domain.judging.record import UNKNOWN

EXTENSIONS = "virtualMachineProfile.extensionProfile.extensions"
OTHER = {"name": "script", "publisher": "Microsoft.Compute", "type": "CustomScriptExtension"}


HALF = {"publisher": "Microsoft.ManagedServices", "type": "Other"}
OTHER_HALF = {"publisher": "Someone", "type": "ApplicationHealthWindows"}


@pytest.mark.parametrize("extensions", [None, [], [OTHER], "none", [HALF], [OTHER_HALF]])
def test_refuses_a_set_without_one(extensions: Any, scale_set: Any, ask: Any) -> None:
    (finding,) = ask("HP019", scale_set({EXTENSIONS: extensions}))
    assert (finding.verdict, finding.path) == (Verdict.VIOLATION, EXTENSIONS)


def test_accepts_one_among_others(scale_set: Any, ask: Any) -> None:
    health = {"publisher": "microsoft.managedservices", "type": "applicationhealthwindows"}
    assert ask("HP019", scale_set({EXTENSIONS: [OTHER, health]})) == []


def test_accepts_one_beside_an_unknown_one(scale_set: Any, ask: Any) -> None:
    assert ask("HP019", scale_set({f"{EXTENSIONS}": [{"publisher": UNKNOWN}, scale_set().peek(EXTENSIONS)[0]]})) == []


@pytest.mark.parametrize("extensions", [UNKNOWN, [UNKNOWN], [{**OTHER, "type": UNKNOWN}]])
def test_cannot_tell_where_extensions_are_unknown(extensions: Any, scale_set: Any, ask: Any) -> None:
    (finding,) = ask("HP019", scale_set({EXTENSIONS: extensions}))
    assert (finding.verdict, finding.path) == (Verdict.UNVERIFIABLE, EXTENSIONS)


def test_accepts_an_extension_that_is_a_resource_of_its_own(scale_set: Any, extension: Any, ask: Any) -> None:
    bare = scale_set({EXTENSIONS: []})
    assert ask("HP019", bare, extension()) == []
    assert len(ask("HP019", bare, extension({"vmScaleSetName": "other"}))) == 1


def test_joins_an_extension_by_reference_where_its_set_has_no_name_yet(
    scale_set: Any, extension: Any, ask: Any
) -> None:
    bare = scale_set({EXTENSIONS: [], "name": UNKNOWN, "id": UNKNOWN}, urn="urn:set")
    joined = extension({"vmScaleSetName": UNKNOWN}, references={"vmScaleSetName": ("urn:group", "urn:set")})
    assert ask("HP019", bare, joined) == []


def test_says_nothing_of_a_uniform_set(scale_set: Any, ask: Any) -> None:
    assert ask("HP019", scale_set({EXTENSIONS: [], "orchestrationMode": "Uniform"})) == []


def test_takes_the_extension_for_linux_where_windows_is_not_sure_to_run(scale_set: Any, ask: Any) -> None:
    of_linux = {"publisher": "Microsoft.ManagedServices", "type": "ApplicationHealthLinux"}
    assert len(ask("HP019", scale_set({EXTENSIONS: [of_linux]}))) == 1
    somewhere = {"id": "/subscriptions/0/…/images/golden"}
    profile = "virtualMachineProfile"
    unsure = {
        f"{profile}.storageProfile.imageReference": somewhere,
        f"{profile}.storageProfile.osDisk.osType": None,
        f"{profile}.osProfile.windowsConfiguration": None,
    }
    assert ask("HP019", scale_set({EXTENSIONS: [of_linux], **unsure})) == []
