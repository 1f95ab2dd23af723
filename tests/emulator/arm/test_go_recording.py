"""What clients in Go asked, asked again in the same order.

`go_sdk.jsonl` is Microsoft's: 34 calls of azcore 1.24, azidentity 1.15, armcompute 6.4, armnetwork 6.2,
armresources 1.2 and armresourcegraph 0.10. `hashicorp_sdk.jsonl` is what Terraform's azurerm is built on: 32 requests
of go-azure-sdk 0.20260811, refusals among them. Both are without the polls of operations and the second page of a
query, which the replay cannot know.
"""

import json
from pathlib import Path

import pytest

from tests.emulator.arm.test_azure_cli_recording import ask


@pytest.mark.parametrize("recording", ["go_sdk", "hashicorp_sdk"])
def test_answers_what_the_clients_in_go_ask(arm, recording):
    lines = Path(__file__).with_name(f"{recording}.jsonl").read_text("utf-8").splitlines()
    asked = [(ask(arm, line), line) for line in map(json.loads, lines)]
    wrong = [
        f"{line['method']} {line['path']}: {answer.status_code}, not {line['status']}: {answer.text[:300]}"
        for answer, line in asked
        if answer.status_code != line["status"]
    ]
    assert not wrong, "\n" + "\n".join(wrong)
