"""The certificate bundle for clients: what they trusted before, and the emulator's authority."""

import ssl
from collections.abc import Iterable, Mapping
from pathlib import Path

from azure_hotpatch.emulator.served.folder import write_private
from azure_hotpatch.emulator.served.steps import BEFORE

# Where Python's requests, curl and OpenSSL look for another bundle than the system's.
VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")
_BEGIN, _END = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"


def write_bundle(bundle: Path, authority: Path, environ: Mapping[str, str]) -> None:
    """Write `bundle`: each certificate once, the emulator's authority last.

    The variables for a bundle replace the system's store, so what they named before (a company's proxy, perhaps) and
    what the system trusts are both in it.
    """
    own = authority.read_text(encoding="ascii").strip()
    names = (*VARIABLES, *(f"{BEFORE}{name}" for name in VARIABLES))
    named = {Path(environ[name]) for name in names if environ.get(name)} - {bundle}
    before = [pem for path in sorted(named) for pem in certificates(path)]
    found = dict.fromkeys((*before, *_of_the_system()))
    found.pop(own, None)
    write_private(bundle, "\n".join((*found, own, "")).encode())


def certificates(path: Path) -> list[str]:
    """The certificates of a PEM file, without what is written between them; none where it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8", errors="ignore")
    except OSError:
        return []
    parts = text.split(_BEGIN)[1:]
    return [f"{_BEGIN}{part.split(_END)[0]}{_END}".replace("\r\n", "\n") for part in parts]


def _of_the_system() -> Iterable[str]:
    """What Python trusts on this machine; certifi's list where the system has none in files."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    paths = ssl.get_default_verify_paths()
    if Path(paths.openssl_cafile).is_file():
        return certificates(Path(paths.openssl_cafile))
    context.load_default_certs()
    found = [ssl.DER_cert_to_PEM_cert(one).strip() for one in context.get_ca_certs(binary_form=True)]
    if found:
        return found
    import certifi  # what httpx, requests and with them Microsoft's clients trust

    return certificates(Path(certifi.where()))
