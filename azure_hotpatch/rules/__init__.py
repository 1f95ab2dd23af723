"""Every rule, by id."""

from azure_hotpatch.rule import Rule

RULES: tuple[Rule, ...] = ()
