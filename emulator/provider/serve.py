"""The process of the provider: its port, its signals, and that it ends with the engine that started it."""

import asyncio
import os
import signal
import sys
from importlib.metadata import version
from pathlib import Path

import grpc.aio
from pulumi.runtime.proto import provider_pb2_grpc

from azure_hotpatch.emulator.provider.servicer import Provider
from azure_hotpatch.emulator.provider.transport import ASGIApp, Send, embedded, served

_LARGEST_MESSAGE = 400 * 1024 * 1024  # the engine's own limit
_SECONDS_BETWEEN_LOOKS = 2


class SettingMissingError(Exception):
    """Neither a store nor the address of a served emulator was given."""


def run() -> None:
    asyncio.run(_serve(Provider(_send, version("pulumi-azure-native"))))


async def _serve(provider: Provider) -> None:
    limits = [("grpc.max_receive_message_length", _LARGEST_MESSAGE), ("grpc.max_send_message_length", _LARGEST_MESSAGE)]
    server = grpc.aio.server(options=limits)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(provider, server)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    stop = _stop_signal()  # a signal may come as soon as the port is out
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    await _told_to_stop(stop)
    await server.stop(grace=0)


def _stop_signal() -> asyncio.Event:
    """Set by the signals that the engine ends a plugin with; it waits five seconds for one that does not obey."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


async def _told_to_stop(stop: asyncio.Event) -> None:
    """Until a signal comes, or the engine that started this process is gone."""
    parent = os.getppid()
    while os.getppid() == parent:
        try:
            await asyncio.wait_for(stop.wait(), _SECONDS_BETWEEN_LOOKS)
        except TimeoutError:
            continue
        return


def _send() -> Send:
    """The emulator that the environment names. Raises SettingMissingError where it names none."""
    if url := os.environ.get("AZURE_HOTPATCH_EMULATOR_URL"):
        return served(url)
    store = os.environ.get("AZURE_HOTPATCH_EMULATOR_STORE")
    if not store:
        raise SettingMissingError(
            "No emulator of Azure is set: AZURE_HOTPATCH_EMULATOR_STORE is to be the path of its SQLite file, or "
            "AZURE_HOTPATCH_EMULATOR_URL the address of a served one. `make env` prints the setting of this checkout."
        )
    return embedded(lambda: _app(Path(store)))


def _app(store: Path) -> ASGIApp:
    from azure_hotpatch.emulator.arm.app import create_app  # only the first request needs it

    return create_app(store)
