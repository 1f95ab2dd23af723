"""The secrets of a stack: the administrator's password, and those that groups name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi

from azure_hotpatch.domain.settings import PASSWORD


@dataclass(frozen=True, slots=True)
class Secrets:
    """The password of every group that names none, and the secrets by name; None where the stack's file has none."""

    admin_password: pulumi.Output[str] | None
    named: pulumi.Output[Mapping[str, Any]] | None = None

    def password(self, name: str | None) -> pulumi.Output[str]:
        """A group's password; without one it raises Pulumi's error, which names the command to set it."""
        if name is not None:
            return self.of(name).apply(str)
        return self.admin_password if self.admin_password is not None else pulumi.Config().require_secret(PASSWORD)

    def of(self, name: str) -> pulumi.Output[Any]:
        """One of the secrets; the settings have checked that it exists."""
        named = self.named if self.named is not None else pulumi.Output.secret({})
        return named.apply(lambda known: known[name])
