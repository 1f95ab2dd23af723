"""How a value is read: as the engine marks it, as the policy SDK wraps it, and as a state or a preview writes it."""

import json
from typing import Any

import pulumi
import pytest
from pulumi_policy.deserialize import deserialize_properties
from pulumi_policy.proxy import unknown_checking_proxy

from azure_hotpatch.domain.judging.record import Unknown
from azure_hotpatch.policies.reading import Source, records
from azure_hotpatch.policies.reading.reading import UNKNOWN_TEXTS, Sealed, plain, unsealed
from tests.policies.machines import NATIVE
from tests.policies.routes import VM
from tests.policies.variations import SIGNATURE, UNKNOWN, put, secret


@pytest.mark.parametrize("text", sorted(UNKNOWN_TEXTS))
def test_each_mark_of_an_unknown_value_is_one(text: str) -> None:
    assert isinstance(plain(text), Unknown)
    assert len(UNKNOWN_TEXTS) == 7


def test_a_secret_is_sealed_and_its_path_is_kept() -> None:
    body, secrets = unsealed(plain({"a": [{"b": secret("x")}], "c": secret({"d": 1})}))
    assert body == {"a": [{"b": "x"}], "c": {"d": 1}}
    assert secrets == {"a[0].b", "c"}


@pytest.mark.parametrize(
    "mark",
    [
        {"plaintext": json.dumps("x")},  # pulumi stack export --show-secrets
        {"value": "x"},
    ],
)
def test_a_secret_in_the_clear_is_read(mark: dict[str, Any]) -> None:
    assert plain({SIGNATURE: secret("")[SIGNATURE], **mark}) == Sealed("x")


@pytest.mark.parametrize("value", ["[secret]", {SIGNATURE: secret("")[SIGNATURE], "ciphertext": "v1:x"}])
def test_a_secret_that_is_not_shown_is_unknown_and_secret(value: Any) -> None:
    sealed = plain(value)
    assert isinstance(sealed, Sealed)
    assert isinstance(sealed.value, Unknown)


def test_an_output_without_a_value_is_unknown() -> None:
    output = {SIGNATURE: "d0e6a833031e9bbcd3f4e8bde6ca49a4"}
    assert isinstance(plain(output), Unknown)
    assert plain({**output, "value": 1, "secret": True}) == Sealed(1)


def test_whole_numbers_are_whole_and_defaults_of_a_bridge_are_not_values() -> None:
    assert plain({"count": 3.0, "part": 0.5, "__defaults": ["a"]}) == {"count": 3, "part": 0.5}


def test_what_is_no_value_is_unknown() -> None:
    assert isinstance(plain({"a": object()})["a"], Unknown)
    assert plain(pulumi.StringAsset("text")) == "text"


def proxied(props: dict[str, Any]) -> Any:
    """As a policy of the SDK is given them."""
    return unknown_checking_proxy(deserialize_properties(props))


def test_the_proxies_of_the_policy_sdk_are_read_like_plain_values() -> None:
    props = put(NATIVE, ("storageProfile", "imageReference", "sku"), lambda _: UNKNOWN)
    (of_proxy,), (of_dict,) = records(Source(VM, "vm", "u", proxied(props))), records(Source(VM, "vm", "u", props))
    assert repr(of_proxy.body) == repr(of_dict.body)
    assert isinstance(of_proxy.peek("storageProfile.imageReference.sku"), Unknown)


def test_a_whole_unknown_object_behind_a_proxy_is_one_unknown_value() -> None:
    (record,) = records(Source(VM, "vm", "u", proxied({**NATIVE, "osProfile": UNKNOWN, "zones": [UNKNOWN]})))
    assert isinstance(record.peek("osProfile"), Unknown)
    assert isinstance(record.peek("zones[0]"), Unknown)
    assert record.peek("hardwareProfile.vmSize") == "Standard_D2s_v5"
