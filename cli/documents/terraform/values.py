"""Join the values of a resource with what Terraform keeps beside them: what is not known, and what is sensitive."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from azure_hotpatch.policies.reading.reading import NOT_KNOWN, Sealed

# Blocks that azurerm never computes, so that one of them is unknown only where a `dynamic` block makes it, of which a
# configuration keeps nothing: terraform-provider-azurerm, internal/services/{compute,legacy,maintenance}.
_ONLY_WRITTEN = frozenset(
    {
        *("source_image_reference", "plan", "os_profile", "windows_configuration", "linux_configuration"),
        *("os_profile_windows_config", "os_profile_linux_config", "sku_profile", "os_disk", "storage_os_disk"),
        "identity",
        *("window", "install_patches", "windows", "linux", "filter", "tags"),
    }
)
# Stands for expressions that cannot be seen: anything may be written there.
UNSEEN = object()


class StatedBlock(dict[str, Any]):
    """The expressions of a resource or block by the names of its members; what has no name here is not written."""


class ResourceValues:
    """The values of one resource: known values, `Unknown` for what is not known yet, `Sealed` around the sensitive.

    A value that Terraform does not know and that the configuration does not set is the provider's to compute: it is
    absent, as far as the request to Azure goes. Since azurerm 4.42 that is so for most settings of a machine.
    `is_null` tells of an expression whether it gave null, which is the same as not to set the value.
    """

    def __init__(self, unknown: Any, sensitive: Any, stated: Any, is_null: Callable[[Any], bool]) -> None:
        self._unknown, self._sensitive, self._stated, self._is_null = unknown, sensitive, stated, is_null

    def of(self, written: Mapping[str, Any]) -> dict[str, Any]:
        """The properties of the resource; where it is sensitive as a whole, each of them is."""
        whole = self._sensitive is True
        sensitive = dict.fromkeys(written, True) if whole else self._sensitive
        return self._object(written, self._unknown, sensitive, self._stated)

    def _value(self, written: Any, unknown: Any, sensitive: Any, stated: Any, name: str = "") -> Any:
        if unknown is True:
            computed = name not in _ONLY_WRITTEN if stated is None else self._is_null(stated)
            return None if computed else NOT_KNOWN
        value = self._inside(written, unknown, sensitive, stated)
        return Sealed(value) if sensitive is True and value is not None else value

    def _inside(self, written: Any, unknown: Any, sensitive: Any, stated: Any) -> Any:
        if isinstance(written, Mapping):
            return self._object(written, unknown, sensitive, stated)
        if isinstance(written, list):
            below = _in_block(stated)
            return [
                self._value(each, _item(unknown, at), _item(sensitive, at), below) for at, each in enumerate(written)
            ]
        return written

    def _object(self, written: Mapping[str, Any], unknown: Any, sensitive: Any, stated: Any) -> dict[str, Any]:
        hidden = unknown if isinstance(unknown, Mapping) else {}
        values = {
            name: self._value(written.get(name), hidden.get(name), _item(sensitive, name), _member(stated, name), name)
            for name in (*written, *(name for name in hidden if name not in written))
        }
        return {name: value for name, value in values.items() if value is not None}


def sensitive_marks(written: Any) -> Any:
    """Terraform's marks of what is sensitive; where there are none that can be read, all of it is sensitive."""
    return written if isinstance(written, bool | Mapping) else True


def _item(marks: Any, step: str | int) -> Any:
    """The mark of a member, None where it has none."""
    if isinstance(marks, Mapping) and isinstance(step, str):
        return marks.get(step)
    if isinstance(marks, Sequence) and not isinstance(marks, str) and isinstance(step, int):
        return marks[step] if step < len(marks) else None
    return None


def _in_block(stated: Any) -> Any:
    """What is stated of the members of a list of blocks.

    The blocks of a set come in another order than they are written in, so that what one states counts for all.
    """
    if not isinstance(stated, list):
        return UNSEEN
    merged = StatedBlock()
    for block in stated:
        merged.update(block if isinstance(block, Mapping) else {})
    return merged


def _member(stated: Any, name: str) -> Any:
    """What is stated of a member of an object or block: None for nothing, UNSEEN where that cannot be told."""
    if isinstance(stated, StatedBlock) or (isinstance(stated, Mapping) and stated and not _is_expression(stated)):
        return stated.get(name)
    return UNSEEN


def _is_expression(stated: Mapping[str, Any]) -> bool:
    return "constant_value" in stated or isinstance(stated.get("references"), list)
