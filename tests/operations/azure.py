"""An emulated Azure of a test's own, over https in a process of its own: it takes tokens, loses answers, keeps a log.

`python tests/operations/azure.py FOLDER [--lose N] [--hold SECONDS] [--throttle] [--clock FILE] [--record]` prints
its port. With --hold the first installPatches of each machine is held before it is carried out, and its sender hears at
once that the gateway gave it up. FOLDER gets the certificate, `azure.sqlite`, and a log of what machines went through,
a machine's name a line: `installs.log` has each installPatches that was accepted, `restarts.log` each restart, and
`removals.log` each update that a script took off. With --record `requests.log` has the method and the path of each
request.
"""

import argparse
import asyncio
import ipaddress
import json
import logging
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from azure_hotpatch.emulator.arm.app import create_app
from azure_hotpatch.emulator.arm.database.store import Store
from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from tests.images import windows_server_image
from tests.operations.clock import Shared

SUBSCRIPTION = "11111111-2222-3333-4444-555555555555"


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for this machine, which is its own authority, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    names: list[x509.GeneralName] = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate_file, key_file = folder / "ca.pem", folder / "key.pem"
    certificate_file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    key_file.write_bytes(key.private_bytes(encoding, form, serialization.NoEncryption()))
    return certificate_file, key_file


def seed(store: Path, count: int, regions: tuple[str, ...] = ("westeurope",), image: str = "20348.3091.250114") -> None:
    """Machines vm-0000, vm-0001 … in the group `fleet`, by turns in the regions, zones and rings."""
    group = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/fleet"
    memory = Store(store)
    with memory.transaction() as tx:
        tx.save(Resource(group, "Microsoft.Resources/resourceGroups", {"location": regions[0]}))
        for number in range(count):
            name = f"{group}/providers/Microsoft.Compute/virtualMachines/vm-{number:04}"
            tx.save(Resource(name, "Microsoft.Compute/virtualMachines", _machine(number, regions, image)))
    memory.close()


def _machine(number: int, regions: tuple[str, ...], image: str) -> dict[str, Any]:
    reference = {**windows_server_image("2022-datacenter-azure-edition-core"), "exactVersion": image}
    patching = {"patchMode": "Manual", "assessmentMode": "ImageDefault", "enableHotpatching": False}
    windows = {"provisionVMAgent": True, "enableAutomaticUpdates": False, "patchSettings": patching}
    disk = {"name": f"os-{number}", "osType": "Windows", "createOption": "FromImage"}
    return {
        "location": regions[number % len(regions)],
        "zones": [str(number % 3 + 1)],
        "tags": {"ring": f"r{number % 2}"},
        "properties": {
            "hardwareProfile": {"vmSize": "Standard_D2s_v5"},
            "storageProfile": {"imageReference": reference, "osDisk": disk},
            "networkProfile": {"networkInterfaces": []},
            "osProfile": {"computerName": f"vm-{number}", "windowsConfiguration": windows},
        },
    }


class Front:
    """The emulator behind what a test does to it."""

    def __init__(
        self, app: Any, folder: Path, lose: int, role: str, records: bool = False, hold: float | None = None
    ) -> None:
        self._app, self._folder, self._lose = app, folder, lose
        self._hold, self._held = hold, set[str]()
        self._records = records
        self._driven: set[asyncio.Task[None]] = set()
        self._asked = 0
        self._permissions = [{"actions": [role], "notActions": []}]
        self.throttled = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        if path == "/msi/token":
            later = str(int((datetime.now(UTC) + timedelta(days=1)).timestamp()))
            token = {
                "access_token": "secret-token-of-the-test",
                "expires_on": later,
                "token_type": "Bearer",
                "resource": "x",
            }
            await _json(send, token)
        elif path.endswith("/providers/Microsoft.Authorization/permissions"):
            self._record(scope)
            await _json(send, {"value": self._permissions})
        elif path == "/test/throttled":
            await _json(send, {"throttled": self.throttled})
        else:
            await self._ask(scope, receive, send)

    async def _ask(self, scope: Any, receive: Any, send: Any) -> None:
        self._asked += 1
        self._record(scope)
        sent: list[Any] = []

        async def keep(message: Any) -> None:
            sent.append(message)

        if self._is_held(scope["path"]):
            await self._hold_back(scope, receive, send)
            return
        await self._app(scope, receive, keep)
        status = sent[0]["status"]
        ours = any(name == b"user-agent" and b"azure-hotpatch" in value for name, value in scope["headers"])
        self.throttled += ours and status == 429
        action, machine = scope["path"].lower().rpartition("/")[2], scope["path"].rsplit("/", 2)[1]
        if action == "installpatches" and status == 202:
            self._note("installs", machine)
        if action in ("restart", "runcommand") and status == 202:
            self._go_on(action, machine, scope, dict(sent[0]["headers"]))
        if self._lose and self._asked % self._lose == 0 and scope["path"].startswith("/subscriptions"):
            send.__self__.transport.abort()
            await asyncio.sleep(0.01)
            return
        for message in sent:
            await send(message)

    def _is_held(self, path: str) -> bool:
        if self._hold is None or not path.lower().endswith("/installpatches") or path in self._held:
            return False
        self._held.add(path)
        return True

    async def _hold_back(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer 504, and carry the request out later."""
        asked = await receive()
        task = asyncio.create_task(self._late(scope, asked))
        self._driven.add(task)
        task.add_done_callback(self._driven.discard)
        await _json(send, {"error": {"code": "GatewayTimeout", "message": "Too late."}}, 504)

    async def _late(self, scope: Any, asked: Any) -> None:
        await asyncio.sleep(self._hold or 0)
        sent: list[Any] = []

        async def receive() -> Any:
            return asked

        async def keep(message: Any) -> None:
            sent.append(message)

        await self._app(scope, receive, keep)
        machine = scope["path"].rsplit("/", 2)[1]
        self._note("installs" if sent[0]["status"] == 202 else "refused", machine)

    def _record(self, scope: Any) -> None:
        if self._records:
            self._note("requests", f"{scope['method']} {scope['path']}")

    def _note(self, log: str, machine: str) -> None:
        with (self._folder / f"{log}.log").open("a") as file:
            file.write(f"{machine}\n")

    def _go_on(self, action: str, machine: str, scope: Any, headers: dict[bytes, bytes]) -> None:
        """Azure carries out what it accepted, whether its operation is asked about or not."""
        url = urlsplit(headers[b"azure-asyncoperation"].decode())
        asked = {**scope, "method": "GET", "path": url.path, "raw_path": url.path.encode()}
        asked["query_string"] = url.query.encode()
        task = asyncio.create_task(self._carry_out(action, machine, asked))
        self._driven.add(task)
        task.add_done_callback(self._driven.discard)

    async def _carry_out(self, action: str, machine: str, asked: Any) -> None:
        body: Any = {"status": "InProgress"}
        while body["status"] == "InProgress":
            await asyncio.sleep(0.1)
            body = await self._asked_itself(asked)
        if action == "restart":
            self._note("restarts", machine)
        elif '"outcome":"removed"' in body["properties"]["output"]["value"][0]["message"]:
            self._note("removals", machine)

    async def _asked_itself(self, scope: Any) -> Any:
        sent: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def keep(message: Any) -> None:
            sent.append(message)

        await self._app(scope, receive, keep)
        return json.loads(b"".join(message.get("body", b"") for message in sent))


async def _json(send: Any, body: Any, status: int = 200) -> None:
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(body).encode()})


def serve(
    folder: Path,
    lose: int = 0,
    throttle: bool = False,
    clock: Path | None = None,
    role: str = "*",
    records: bool = False,
    hold: float | None = None,
) -> None:
    logging.getLogger("uvicorn.error").disabled = True
    if clock:
        shared = Shared(clock)
        setattr(Transaction, "now", lambda _tx: shared.now())  # noqa: B010 - mypy takes no function in its place
    certificate_file, key_file = certificate(folder)
    app = Front(create_app(folder / "azure.sqlite", throttling=throttle or None), folder, lose, role, records, hold)
    config = uvicorn.Config(
        app,
        port=0,
        log_level="critical",
        access_log=False,
        lifespan="off",
        ssl_certfile=certificate_file,
        ssl_keyfile=key_file,
    )
    server = uvicorn.Server(config)
    threading.Thread(target=_announce, args=(server,), daemon=True).start()
    server.run()


def _announce(server: uvicorn.Server) -> None:
    while not server.started:
        time.sleep(0.01)
    sys.stdout.write(f"{server.servers[0].sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lose", type=int, default=0)
    parser.add_argument("--throttle", action="store_true")
    parser.add_argument("--clock", type=Path, help="a file that another process writes the time to")
    parser.add_argument("--role", default="*", help="the one action that the identity may do")
    parser.add_argument("--record", action="store_true", help="keep the method and path of each request")
    parser.add_argument("--hold", type=float, metavar="SECONDS", help="hold the first installPatches of each machine")
    given = parser.parse_args()
    serve(given.folder, given.lose, given.throttle, given.clock, given.role, given.record, given.hold)
