"""Which resource groups a stack makes, and which it only puts machines into."""

import pulumi
import pytest

from tests.program.conftest import Deploy
from tests.recorder import GROUP

SHOP = {"name": "sql", "resourceGroup": "shop"}
ID = f"{GROUP.rpartition('/')[0]}/rg-shop"


@pytest.mark.parametrize("given", ["rg-shop", ID, ID.upper().replace("RG-SHOP", "rg-shop")])
def test_a_group_that_exists_is_not_made_and_has_the_machines(deploy: Deploy, given: str) -> None:
    config = {"existingResourceGroups": {"shop": given}, "fleet": {"machines": [SHOP, {"name": "web"}]}}
    deployed = deploy({**config, "lock": "CanNotDelete"})
    assert set(deployed.of("ResourceGroup")) == {"fleet"}
    assert set(deployed.of("ManagementLockByScope")) == {"fleet-lock"}
    assert deployed.of("VirtualMachine")["sql-vm"]["resourceGroupName"] == "rg-shop"
    assert deployed.of("NetworkInterface")["sql-nic"]["resourceGroupName"] == "rg-shop"
    assert deployed.of("VirtualMachine")["web-vm"]["resourceGroupName"] == "fleet"
    assert deployed.outputs["resourceGroups"] == {"shop": "rg-shop", "fleet": "fleet"}


def test_the_stacks_own_group_may_exist_too(deploy: Deploy) -> None:
    deployed = deploy({"existingResourceGroups": {"fleet": "rg-landing"}, "fleet": {"machines": [{"name": "web"}]}})
    assert deployed.of("ResourceGroup") == {}
    assert {each["resourceGroupName"] for each in deployed.of("VirtualNetwork").values()} == {"rg-landing"}
    assert deployed.outputs["resourceGroup"] == "rg-landing"


def test_every_group_that_is_not_there_is_named_at_once(deploy: Deploy) -> None:
    groups = {"fleet": "rg-gone", "shop": "/subscriptions/other/resourceGroups/rg-shop"}
    with pytest.raises(pulumi.RunError) as refused:
        deploy({"existingResourceGroups": groups, "fleet": {"machines": [SHOP]}})
    told = str(refused.value)
    assert "existingResourceGroups.fleet: rg-gone: " in told
    assert "'rg-gone' could not be found" in told
    assert "existingResourceGroups.shop: /subscriptions/other/resourceGroups/rg-shop is in another subscription" in told
