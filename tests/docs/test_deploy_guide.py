"""The role in the guide to Azure reaches every type of resource that a fleet is made of, and no more kinds of them."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs/guides/deploy-to-azure.md").read_text(encoding="utf-8")
STATE = ROOT / "tests/e2e/reuse/upgrade/states/0.1.0.json"
# A role of its own in the guide's table, and a group that is there before.
ELSEWHERE = ("microsoft.authorization/",)


def actions() -> list[str]:
    role = re.search(r"^cat > role\.json <<EOF\n(.*?)^EOF$", GUIDE, re.MULTILINE | re.DOTALL)
    assert role
    return [action.lower() for action in json.loads(role[1])["Actions"]]


def made() -> set[str]:
    """The types in a recorded state of every component, as ARM's namespace and the first letters of its plural."""
    resources = json.loads(STATE.read_text(encoding="utf-8"))["deployment"]["resources"]
    tokens = {each["type"].lower() for each in resources if each["type"].startswith("azure-native:")}
    return {"microsoft.{1}/{2}".format(*token.split(":")) for token in tokens}


def test_the_role_reaches_what_a_fleet_is_made_of() -> None:
    resources = {name for name in made() if not name.startswith(ELSEWHERE)}
    assert {"microsoft.compute/virtualmachine", "microsoft.maintenance/configurationassignment"} <= resources
    within = {
        "microsoft.network/subnet": "microsoft.network/virtualnetworks/",
        "microsoft.resources/resourcegroup": "microsoft.resources/subscriptions/resourcegroups/write",
    }
    missing = [name for name in resources if not any(a.startswith(within.get(name, name)) for a in actions())]
    assert missing == []


def test_the_role_gives_no_role_and_reads_no_secret() -> None:
    assert [
        action for action in actions() if action.startswith(("*", "microsoft.authorization", "microsoft.keyvault"))
    ] == []
