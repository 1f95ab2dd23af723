"""The pack's gRPC server, on a port of its own, which Pulumi reads from standard output."""

import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import grpc
from pulumi.runtime.proto import analyzer_pb2_grpc

from azure_hotpatch.local.calendar import UnreadableError, calendar
from azure_hotpatch.policies.analyzer import Analyzer
from azure_hotpatch.policies.engine_watch import Address, engine_address, wait_until_gone
from azure_hotpatch.policies.program_language import engine_folders

# The engine's own limit for a message (sdk/go/common/util/rpcutil): a stack is sent as one.
_LARGEST_MESSAGE = 400 * 1024 * 1024


def serve() -> None:
    """Serve the pack until the engine ends the process, or is gone."""
    try:
        known = calendar()
    except UnreadableError as error:
        sys.exit(f"hotpatch: {error}")
    server, port = served(Analyzer(date.today(), calendar=known, folders=tuple(engine_folders())))
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    if engine := engine_address(sys.argv[1:]):
        threading.Thread(target=_stop_without, args=(engine, server), daemon=True).start()
    try:
        server.wait_for_termination()
    except KeyboardInterrupt:  # how the engine ends its plugins
        server.stop(0)


def _stop_without(engine: Address, server: grpc.Server) -> None:
    wait_until_gone(engine)
    server.stop(0)


def served(analyzer: Analyzer) -> tuple[grpc.Server, int]:
    """A running server and its port on the loopback."""
    server = grpc.server(
        ThreadPoolExecutor(max_workers=4), options=[("grpc.max_receive_message_length", _LARGEST_MESSAGE)]
    )
    analyzer_pb2_grpc.add_AnalyzerServicer_to_server(analyzer, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    return server, port
