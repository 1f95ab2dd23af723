"""The provider actions of a plan (Terraform 1.14 and later), which run when it is applied."""

from collections.abc import Iterator, Mapping
from typing import Any

from azure_hotpatch.cli.documents.damage import Damaged
from azure_hotpatch.cli.documents.terraform.resources import TerraformResource, is_judged
from azure_hotpatch.cli.documents.terraform.values import UNSEEN, ResourceValues


def actions_of(top: Mapping[str, Any]) -> Iterator[TerraformResource]:
    """The actions of `action_invocations` that may write a machine."""
    written = top.get("action_invocations") or []
    if not isinstance(written, list):
        raise Damaged("`action_invocations` is not a list")
    for each in written:
        if not isinstance(each, Mapping) or not all(isinstance(each.get(name), str) for name in ("address", "type")):
            raise Damaged("an entry of `action_invocations` has no address and type")
        if is_judged(each["type"]):
            yield _action(each)


def _action(written: Mapping[str, Any]) -> TerraformResource:
    config = written.get("config_values")
    if not isinstance(config, Mapping):
        raise Damaged(f"`config_values` of {written['address']} is not an object")
    values = ResourceValues(written.get("config_unknown"), written.get("config_sensitive"), UNSEEN, lambda _: False)
    return TerraformResource(written["address"], written["type"], values.of(config), 1)
