"""Proximity placement groups, and SSH public keys with the key pairs that Azure generates for them."""

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Act, Action, Change, ResourceType
from azure_hotpatch.emulator.arm.protocol.bodies import Json, fill
from azure_hotpatch.emulator.arm.protocol.errors import ValueNotAllowed

# azure-mgmt-compute, SshEncryptionTypes; RSA keys have 3072 bits
_RSA, _ED25519 = "rsa", "ed25519"


def _prepare_group(change: Change) -> None:
    fill(change.properties, {"proximityPlacementGroupType": "Standard"})


def _show_group(tx: Transaction, group: Resource, shown: Json) -> None:
    """What is placed in the group, by kind."""
    for name in ("availabilitySets", "virtualMachines", "virtualMachineScaleSets"):
        users = [user for user in tx.users(group.id) if user.lower().split("/")[-2] == name.lower()]
        if users:
            shown["properties"][name] = [{"id": user} for user in users]


def _generate(act: Act) -> Json:
    """A new pair of keys: the public one is kept, the private one is given away this once."""
    kind = str(act.body.get("encryptionType", _RSA)).lower()
    if kind not in {_RSA, _ED25519}:
        raise ValueNotAllowed(act.body["encryptionType"], "encryptionType", ("RSA", "Ed25519"))
    key = rsa.generate_private_key(65537, 3072) if kind == _RSA else ed25519.Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)
    form = serialization.PrivateFormat.TraditionalOpenSSL if kind == _RSA else serialization.PrivateFormat.OpenSSH
    private = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    act.resource.body.setdefault("properties", {})["publicKey"] = public.decode()
    act.tx.save(act.resource)
    return {"publicKey": public.decode(), "privateKey": private.decode(), "id": act.resource.id}


TYPES = (
    ResourceType(
        "Microsoft.Compute/proximityPlacementGroups",
        ("2018-04-01", "2026-12-31"),
        prepare=_prepare_group,
        show=_show_group,
        has_state=False,
        deleted_nothing=200,  # what the SDK takes; what Azure answers is not published
    ),
    ResourceType(
        "Microsoft.Compute/sshPublicKeys",
        ("2019-12-01", "2026-12-31"),
        actions={"generateKeyPair": Action(_generate)},
        has_state=False,
    ),
)
