"""The engine's calls: each runs one operation on a resource, and converts its result for the engine."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

import grpc.aio
from google.protobuf import empty_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from azure_hotpatch.emulator.provider import catalogue, checks, diffs, functions, partial, schema, shapes
from azure_hotpatch.emulator.provider.arm_client import ArmClient
from azure_hotpatch.emulator.provider.defaults import RANDOMLY_NAMED, AutoNaming, Defaults
from azure_hotpatch.emulator.provider.lifecycle import Lifecycle, PartlyDoneError
from azure_hotpatch.emulator.provider.transport import Send
from azure_hotpatch.emulator.provider.values import decode, encode, marked, secrets

Context = grpc.aio.ServicerContext[Any, Any]
Answer = TypeVar("Answer")

_SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"
_STABLE = ("name", "location")  # outputs that no update changes
_LONGEST = 2 * 60 * 60.0  # seconds, as the real provider waits
_NAMING = {
    provider_pb2.CheckRequest.AutonamingOptions.PROPOSE: "propose",
    provider_pb2.CheckRequest.AutonamingOptions.ENFORCE: "enforce",
    provider_pb2.CheckRequest.AutonamingOptions.DISABLE: "disable",
}
_DIFFERENCE = provider_pb2.PropertyDiff.Kind


class Provider(provider_pb2_grpc.ResourceProviderServicer):
    """`connect` opens the way to ARM; it is called once, when the engine configures the provider."""

    def __init__(self, connect: Callable[[], Send], version: str = "") -> None:
        self._connect = connect
        self._version = version
        self._subscription = _SUBSCRIPTION
        self._arm: ArmClient
        self._defaults: Defaults
        self._lifecycle: Lifecycle
        self._running: set[asyncio.Task[Any]] = set()

    async def Handshake(self, _request: Any, _context: Context) -> Any:  # noqa: N802  (the protocol's names)
        return provider_pb2.ProviderHandshakeResponse(accept_secrets=True, supports_autonaming_configuration=True)

    async def Attach(self, _request: Any, _context: Context) -> Any:  # noqa: N802
        return empty_pb2.Empty()

    async def GetPluginInfo(self, _request: Any, _context: Context) -> Any:  # noqa: N802
        return plugin_pb2.PluginInfo(version=self._version)

    async def Parameterize(self, request: Any, _context: Context) -> Any:  # noqa: N802
        """The package of one module at one version, as `pulumi package add azure-native compute v20240701` asks."""
        if request.HasField("value"):
            name, version = request.value.name, request.value.version
        else:
            module, dated = request.args.args
            name, version = f"azure-native_{module}_v{dated.removeprefix('v').replace('-', '')}", self._version
        return provider_pb2.ParameterizeResponse(name=name, version=version)

    async def GetSchema(self, _request: Any, _context: Context) -> Any:  # noqa: N802
        return provider_pb2.GetSchemaResponse(schema=schema.text(self._version))

    async def CheckConfig(self, request: Any, _context: Context) -> Any:  # noqa: N802
        return provider_pb2.CheckResponse(inputs=request.news)

    async def DiffConfig(self, _request: Any, _context: Context) -> Any:  # noqa: N802
        return provider_pb2.DiffResponse()

    async def Configure(self, request: Any, context: Context) -> Any:  # noqa: N802
        """Take secrets as such, which the real provider does not: the store is to encrypt them."""
        config = {name.rpartition(":")[2]: value for name, value in request.variables.items()}
        self._subscription = config.get("subscriptionId") or os.environ.get("ARM_SUBSCRIPTION_ID") or _SUBSCRIPTION
        self._arm = ArmClient(await _told(context, _run(self._connect)))
        self._defaults = Defaults(self._arm, self._subscription, config.get("location", ""))
        self._lifecycle = Lifecycle(self._arm, self._subscription)
        return provider_pb2.ConfigureResponse(
            acceptSecrets=True, supportsPreview=True, supports_autonaming_configuration=True
        )

    async def Invoke(self, request: Any, context: Context) -> Any:  # noqa: N802
        called = functions.invoke(self._arm, self._subscription, request.tok, decode(request.args))
        response = provider_pb2.InvokeResponse()
        getattr(response, "return").CopyFrom(encode(await self._awaited(context, called)))  # a keyword of Python
        return response

    async def Check(self, request: Any, context: Context) -> Any:  # noqa: N802
        resource = await _resource(request.urn, context)
        filled = self._defaults.applied(resource, _naming(request), decode(request.olds), decode(request.news))
        inputs = await self._awaited(context, filled)
        failures = [provider_pb2.CheckFailure(reason=reason) for reason in checks.failures(resource, inputs)]
        return provider_pb2.CheckResponse(inputs=encode(marked(inputs, request.news)), failures=failures)

    async def Diff(self, request: Any, context: Context) -> Any:  # noqa: N802
        resource = await _resource(request.urn, context)
        old, new, state = decode(request.old_inputs), decode(request.news), decode(request.olds)
        if "azureApiVersion" in state:  # an imported resource has it as an output only
            old.setdefault("azureApiVersion", state["azureApiVersion"])
        kinds = diffs.without(diffs.detailed(resource, old, new), request.ignoreChanges)
        if not kinds:
            return provider_pb2.DiffResponse(changes=provider_pb2.DiffResponse.DIFF_NONE)
        replaces = sorted({path for path, kind in kinds.items() if kind.endswith("_REPLACE")})
        return provider_pb2.DiffResponse(
            changes=provider_pb2.DiffResponse.DIFF_SOME,
            replaces=replaces,
            diffs=diffs.properties(kinds),
            detailedDiff={path: provider_pb2.PropertyDiff(kind=_DIFFERENCE.Value(k)) for path, k in kinds.items()},
            hasDetailedDiff=True,
            deleteBeforeReplace=bool(replaces) and old.get(RANDOMLY_NAMED) is not True,
        )

    async def Create(self, request: Any, context: Context) -> Any:  # noqa: N802
        resource, inputs = await _resource(request.urn, context), decode(request.properties)
        if request.preview:
            previewed = marked(_previewed(resource, inputs), request.properties)
            return provider_pb2.CreateResponse(properties=encode(previewed))
        made = self._lifecycle.create(resource, inputs, secrets(request.properties))
        resource_id, outputs = await self._awaited(context, made, request.timeout, request.properties)
        return provider_pb2.CreateResponse(id=resource_id, properties=encode(marked(outputs, request.properties)))

    async def Read(self, request: Any, context: Context) -> Any:  # noqa: N802
        resource = await _resource(request.urn, context)
        inputs = decode(request.inputs) if request.HasField("inputs") and request.inputs.fields else None
        asked = self._lifecycle.read(resource, request.id, inputs, decode(request.properties))
        found = await self._awaited(context, asked)
        if found is None:
            return provider_pb2.ReadResponse()
        read, state = marked(found[0], request.inputs), marked(found[1], request.properties)
        return provider_pb2.ReadResponse(id=request.id, inputs=encode(read), properties=encode(state))

    async def Update(self, request: Any, context: Context) -> Any:  # noqa: N802
        resource, inputs = await _resource(request.urn, context), decode(request.news)
        if request.preview:
            state = decode(request.olds)
            stable = {name: state[name] for name in _STABLE if name in state}
            previewed = marked(_previewed(resource, inputs) | stable, request.news)
            return provider_pb2.UpdateResponse(properties=encode(previewed))
        changed = self._lifecycle.update(resource, inputs, secrets(request.news))
        outputs = await self._awaited(context, changed, request.timeout, request.news)
        return provider_pb2.UpdateResponse(properties=encode(marked(outputs, request.news)))

    async def Delete(self, request: Any, context: Context) -> Any:  # noqa: N802
        resource = await _resource(request.urn, context)
        await self._awaited(context, self._lifecycle.delete(resource, request.id), request.timeout)
        return empty_pb2.Empty()

    async def Cancel(self, _request: Any, _context: Context) -> Any:  # noqa: N802
        for task in self._running:
            task.cancel()
        return empty_pb2.Empty()

    async def _awaited(
        self, context: Context, work: Coroutine[Any, Any, Answer], timeout: float = 0, inputs: Any = None
    ) -> Answer:
        """The outcome of work that the engine can cancel; the RPC ends with its error where it fails."""
        task = asyncio.create_task(asyncio.wait_for(work, timeout or _LONGEST))
        self._running.add(task)
        try:
            return await _told(context, task, inputs)
        finally:
            self._running.discard(task)


async def _told(context: Context, work: Awaitable[Answer], inputs: Any = None) -> Answer:
    """The outcome of work; the RPC ends with the words of its error, and the engine shows those."""
    try:
        return await work
    except PartlyDoneError as error:
        context.set_trailing_metadata(partial.trailing_metadata(error, inputs))
        await context.abort(grpc.StatusCode.UNKNOWN, str(error))
    except TimeoutError:
        await context.abort(grpc.StatusCode.UNKNOWN, "operation timed out")
    except asyncio.CancelledError:
        await context.abort(grpc.StatusCode.CANCELLED, "operation cancelled")
    except Exception as error:  # noqa: BLE001  (every error belongs to the resource that met it)
        await context.abort(grpc.StatusCode.UNKNOWN, str(error))
    raise AssertionError("abort raises")


async def _run(call: Callable[[], Answer]) -> Answer:
    return call()


async def _resource(urn: str, context: Context) -> catalogue.ProviderResource:
    token = urn.split("::")[2].rsplit("$", 1)[-1]  # urn:pulumi:stack::project::Parent$token::name
    return await _told(context, _run(lambda: catalogue.resource(token)))


def _naming(request: Any) -> AutoNaming:
    if not request.HasField("autonaming"):
        return AutoNaming(request.urn, request.randomSeed)
    options = request.autonaming
    return AutoNaming(request.urn, request.randomSeed, _NAMING[options.mode], options.proposed_name)


def _previewed(resource: catalogue.ProviderResource, inputs: dict[str, Any]) -> dict[str, Any]:
    return shapes.preview(resource.shape, resource.types, inputs) | {"azureApiVersion": resource.version}
