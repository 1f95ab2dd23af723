"""The emulator's own certificate authority, and the certificate of the server: made on first use, renewed in time."""

import ipaddress
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from azure_hotpatch.emulator.served.folder import private, write_private

NAMES = ("localhost", "127.0.0.1", "::1")
_AUTHORITY_LASTS = timedelta(days=3650)
_SERVER_LASTS = timedelta(days=397)  # what browsers take at most
_RENEW_BEFORE = timedelta(days=30)
_CLOCK_SKEW = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Certificates:
    """Paths of PEM files: the authority's certificate, which clients trust, the server's chain, and its key."""

    authority: Path
    server: Path
    key: Path


@dataclass(frozen=True, slots=True)
class _Issuer:
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


def ensure(folder: Path, names: Sequence[str] = (), now: datetime | None = None) -> Certificates:
    """The certificates in `folder` for localhost and `names`, made or renewed where they are missing or soon end.

    Both private keys are readable by their owner alone; the authority's signs nothing but this server's certificate.
    """
    moment = now or datetime.now(UTC)
    private(folder)
    issuer = _authority(folder, moment)
    found = Certificates(folder / "ca.pem", folder / "server.pem", folder / "server.key")
    wanted = tuple(dict.fromkeys((*NAMES, *names)))
    if not _serves(found, issuer, wanted, moment):
        _issue(found, issuer, wanted, moment)
    return found


def _authority(folder: Path, moment: datetime) -> _Issuer:
    certificate, key = folder / "ca.pem", folder / "ca.key"
    if certificate.exists() and key.exists():
        found = _Issuer(_certificate(certificate), _key(key))
        if found.certificate.not_valid_after_utc > moment + _SERVER_LASTS:
            return found
    made = _new_authority(moment)
    write_private(key, _key_pem(made.key))
    write_private(certificate, _pem([made.certificate]))
    return made


def _new_authority(moment: datetime) -> _Issuer:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "azure-hotpatch emulator, this machine's own authority")])
    certificate = (
        _builder(name, name, key.public_key(), moment, _AUTHORITY_LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    return _Issuer(certificate, key)


def _issue(paths: Certificates, issuer: _Issuer, names: Sequence[str], moment: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "azure-hotpatch emulator")])
    authority_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
    certificate = (
        _builder(subject, issuer.certificate.subject, key.public_key(), moment, _SERVER_LASTS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_general_name(name) for name in names]), critical=False)
        .add_extension(authority_key, critical=False)
        .sign(issuer.key, hashes.SHA256())
    )
    write_private(paths.key, _key_pem(key))
    write_private(paths.server, _pem([certificate, issuer.certificate]))


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, moment: datetime, lasts: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment - _CLOCK_SKEW)
        .not_valid_after(moment + lasts)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _serves(paths: Certificates, issuer: _Issuer, names: Iterable[str], moment: datetime) -> bool:
    """Whether the server's certificate is of this authority, good for all names, not about to end, and has its key."""
    if not paths.server.exists() or not paths.key.exists():
        return False
    certificate = _certificate(paths.server)
    if certificate.issuer != issuer.certificate.subject or certificate.not_valid_after_utc < moment + _RENEW_BEFORE:
        return False
    try:
        certificate.verify_directly_issued_by(issuer.certificate)
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it is made again
        return False
    held = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return certificate.public_key() == _key(paths.key).public_key() and {_general_name(name) for name in names} <= set(
        held
    )


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _certificate(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificates(path.read_bytes())[0]


def _key(path: Path) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{path} is not the key of an elliptic curve")
    return key


def _pem(certificates: Iterable[x509.Certificate]) -> bytes:
    return b"".join(one.public_bytes(serialization.Encoding.PEM) for one in certificates)


def _key_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
