"""The emulator's certificates: made once, private, good for every name, renewed in time."""

import stat
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509

from azure_hotpatch.emulator.served import certificates

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def _server(made):
    return x509.load_pem_x509_certificates(made.server.read_bytes())[0]


def _names(made):
    held = _server(made).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return {str(name.value) for name in held}


def test_keys_are_readable_by_their_owner_alone(tmp_path):
    certificates.ensure(tmp_path / "state", now=NOW)
    assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700
    for name in ("ca.key", "server.key"):
        assert stat.S_IMODE((tmp_path / "state" / name).stat().st_mode) == 0o600


def test_a_key_is_never_readable_by_others_while_it_is_written(tmp_path, monkeypatch):
    opened = []
    real = certificates.write_private.__globals__["os"].open
    monkeypatch.setattr("os.open", lambda path, flags, mode=0o777: opened.append(mode) or real(path, flags, mode))
    certificates.ensure(tmp_path, now=NOW)
    assert set(opened) == {0o600}
    assert len(opened) == 4


def test_are_made_once(tmp_path):
    made = certificates.ensure(tmp_path, now=NOW)
    first = {path: path.read_bytes() for path in tmp_path.iterdir()}
    certificates.ensure(tmp_path, now=NOW + timedelta(days=100))
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == first
    assert _names(made) == {"localhost", "127.0.0.1", "::1"}


def test_have_the_extensions_that_strict_clients_look_for(tmp_path):
    made = certificates.ensure(tmp_path, now=NOW)
    authority = x509.load_pem_x509_certificate(made.authority.read_bytes())
    server = _server(made)
    server.verify_directly_issued_by(authority)
    key = authority.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    assert server.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value.key_identifier == key
    assert authority.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert authority.extensions.get_extension_for_class(x509.KeyUsage).value.key_cert_sign
    assert not server.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert server.public_key().curve.name == "secp256r1"


@pytest.mark.parametrize(("names", "later"), [(("azure", "10.0.0.7"), 0), ((), 380), ((), 398)])
def test_the_servers_is_renewed_and_the_authority_kept(tmp_path, names, later):
    first = certificates.ensure(tmp_path, now=NOW)
    authority, before = first.authority.read_bytes(), first.server.read_bytes()
    again = certificates.ensure(tmp_path, names, now=NOW + timedelta(days=later))
    assert again.authority.read_bytes() == authority
    assert again.server.read_bytes() != before
    assert set(names) <= _names(again)


def test_a_damaged_server_certificate_is_made_anew(tmp_path):
    certificates.ensure(tmp_path, now=NOW)
    other = certificates.ensure(tmp_path / "other", now=NOW)
    (tmp_path / "server.pem").write_bytes(other.server.read_bytes())
    renewed = certificates.ensure(tmp_path, now=NOW)
    authority = x509.load_pem_x509_certificate(renewed.authority.read_bytes())
    _server(renewed).verify_directly_issued_by(authority)
