"""Create, read, update and delete one resource through ARM."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from azure_hotpatch.emulator.provider import diffs, paths, shapes
from azure_hotpatch.emulator.provider.arm_client import ArmClient, ArmRefusedError
from azure_hotpatch.emulator.provider.catalogue import ProviderResource

Json = dict[str, Any]

# A service of a storage account; its one name is `default`.
_SERVICE = re.compile(r"/(blob|file|queue|table)Services/[^/]+$")


class AlreadyExistsError(Exception):
    """A resource that is to be created and is there; taking it over could change what another made."""

    def __init__(self, resource_id: str) -> None:
        super().__init__(f"cannot create already existing resource '{resource_id}'")


class PartlyDoneError(Exception):
    """An operation that ARM accepted and that failed: the resource may be there, in the state `outputs`."""

    def __init__(self, resource_id: str, outputs: Json, reason: ArmRefusedError) -> None:
        super().__init__(str(reason))
        self.resource_id = resource_id
        self.outputs = outputs


@dataclass(frozen=True)
class Lifecycle:
    """The operations, on the resources of one subscription."""

    arm: ArmClient
    subscription: str

    async def create(
        self, resource: ProviderResource, inputs: Mapping[str, Any], secrets: Iterable[str | float] = ()
    ) -> tuple[str, Json]:
        """The id and the outputs of what was made. Raises where something of that id is there already.

        `secrets` are the inputs' secret values.
        """
        resource_id = paths.fill(resource.path, inputs, self.subscription)
        if not _is_made_with_parent(resource) and await self.arm.find(resource_id, resource.version):
            raise AlreadyExistsError(resource_id)
        body = shapes.to_body(resource.shape, resource.types, inputs, resource_id)
        _fill_parts(resource, body, {})
        return await self._written(_versioned(resource, inputs), resource_id, body, secrets)

    async def update(
        self, resource: ProviderResource, inputs: Mapping[str, Any], secrets: Iterable[str | float] = ()
    ) -> Json:
        """The outputs after a change. Children that other resources of the program own are left as they are."""
        resource_id = paths.fill(resource.path, inputs, self.subscription)
        body = shapes.to_body(resource.shape, resource.types, inputs, resource_id)
        if _parts_left_out(resource, body):
            _fill_parts(resource, body, await self.arm.find(resource_id, resource.version) or {})
        _, outputs = await self._written(_versioned(resource, inputs), resource_id, body, secrets)
        return outputs

    async def read(
        self, resource: ProviderResource, resource_id: str, inputs: Mapping[str, Any] | None, outputs: Mapping[str, Any]
    ) -> tuple[Json, Json] | None:
        """The inputs and outputs as Azure has them now; None for what is gone.

        Azure does not tell inputs. For a resource to import (`inputs` None) they are all that could have made it;
        else the known ones, changed in what changed between the old outputs and the new.
        """
        body = await self.arm.find(resource_id, resource.version)
        if body is None:
            return None
        found = self._outputs(resource, body)
        if inputs is None:
            return _imported(resource, resource_id, found), found
        before = shapes.to_inputs(resource.shape, resource.types, outputs)
        after = shapes.to_inputs(resource.shape, resource.types, _without_foreign_parts(resource, found, inputs))
        return diffs.apply_difference(inputs, before, after), found

    async def delete(self, resource: ProviderResource, resource_id: str) -> None:
        """Delete it. The service of a storage account lasts as long as that, and goes back to its defaults."""
        if _SERVICE.search(resource.path):
            if await self.arm.find(resource_id, resource.version):
                await self.arm.put(resource_id, resource.version, {"properties": {}})
            return
        await self.arm.delete(resource_id, resource.version)

    async def _written(
        self, resource: ProviderResource, resource_id: str, body: Json, secrets: Iterable[str | float]
    ) -> tuple[str, Json]:
        try:
            written = await self.arm.put(resource_id, resource.version, body, secrets)
        except ArmRefusedError as error:
            if not error.accepted:
                raise
            left = await self.arm.find(resource_id, resource.version)
            raise PartlyDoneError(resource_id, self._outputs(resource, left or {}), error) from error
        return str(written.get("id", resource_id)), self._outputs(resource, written)

    def _outputs(self, resource: ProviderResource, body: Mapping[str, Any]) -> Json:
        outputs = shapes.to_outputs(resource.shape, resource.types, body)
        return outputs | {"azureApiVersion": resource.version}


def _is_made_with_parent(resource: ProviderResource) -> bool:
    """Whether Azure makes it with its parent, such as the settings of a web app: creating it is writing over it."""
    return not resource.path.endswith("}") or bool(_SERVICE.search(resource.path))


def _versioned(resource: ProviderResource, inputs: Mapping[str, Any]) -> ProviderResource:
    """A generic resource is written with the api-version that its inputs name."""
    named = inputs.get("apiVersion") if "apiVersion" in resource.shape and resource.shape["apiVersion"].apart else None
    return replace(resource, version=named) if isinstance(named, str) else resource


def _imported(resource: ProviderResource, resource_id: str, outputs: Json) -> Json:
    inputs = shapes.to_inputs(resource.shape, resource.types, outputs)
    kept = {name: left for name, value in inputs.items() if (left := shapes.without_empty(value)) is not None}
    return kept | paths.parts(resource.path, resource_id)


def _without_foreign_parts(resource: ProviderResource, outputs: Json, inputs: Mapping[str, Any]) -> Json:
    """The outputs without the children that the program did not write into this resource."""
    return {
        k: v for k, v in outputs.items() if k in inputs or k not in resource.shape or not resource.shape[k].standalone
    }


def _parts_left_out(resource: ProviderResource, body: Json) -> list[str]:
    return [name for name, prop in resource.shape.items() if prop.standalone and name not in _inside(body, prop.at)]


def _fill_parts(resource: ProviderResource, body: Json, current: Json) -> None:
    """A PUT without its children would delete them: send those that are there."""
    for name in _parts_left_out(resource, body):
        at = resource.shape[name].at
        children = _inside(current, at).get(name, [])
        container = body
        for step in at:
            container = container.setdefault(step, {})
        container[name] = children


def _inside(body: Json, at: tuple[str, ...]) -> Json:
    for step in at:
        body = body.get(step) or {}
    return body
