"""The examples of Pulumi's documentation get the verdict that the article gives them."""

from typing import Any

import pytest
from pulumi.runtime.proto import analyzer_pb2

from tests.policies.public_examples import EXAMPLES, Example
from tests.policies.variations import UNKNOWN, put


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_agrees_with_the_article(example: Example, pack: Any) -> None:
    found = pack.analyze(example.token, example.props)
    refused = {one.policyName for one in found if one.enforcementLevel == analyzer_pb2.MANDATORY}
    assert (example.refused in refused) if example.refused else not found


def test_most_public_examples_would_not_be_hotpatched() -> None:
    assert len(EXAMPLES) >= 30
    assert sum(not example.refused for example in EXAMPLES) == 4


def test_an_example_becomes_acceptable_by_what_the_messages_say(pack: Any, good_vm: dict[str, Any]) -> None:
    example = next(example for example in EXAMPLES if example.title == "a VM with user data")
    assert pack.analyze(example.token, example.props)
    assert not pack.analyze(example.token, {**example.props, **good_vm})


def test_an_example_whose_image_is_not_known_is_not_passed(pack: Any) -> None:
    example = next(example for example in EXAMPLES if example.title == "a VM with hibernation")
    hidden = put(example.props, ("storageProfile", "imageReference"), lambda _: UNKNOWN)
    assert {one.policyName for one in pack.analyze(example.token, hidden)} >= {"HP001"}
