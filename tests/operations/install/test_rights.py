"""Which rights are missing."""

from azure_hotpatch.operations.install.rights import INSTALL, missing

VM = "Microsoft.Compute/virtualMachines"


def test_a_wildcard_grants_everything():
    assert missing([{"actions": ["*"], "notActions": []}], INSTALL) == []


def test_names_the_right_that_no_role_grants():
    reader = {"actions": ["*/read"], "notActions": []}
    assert missing([reader], INSTALL) == [f"{VM}/installPatches/action"]


def test_what_one_role_takes_from_itself_another_may_grant():
    without = {"actions": ["Microsoft.Compute/*"], "notActions": [f"{VM}/installPatches/*"]}
    assert missing([without], INSTALL) == [f"{VM}/installPatches/action"]
    assert missing([without, {"actions": [f"{VM.lower()}/INSTALLPATCHES/action"]}], INSTALL) == []


def test_without_a_role_all_is_missing():
    assert missing([], INSTALL) == list(INSTALL)
