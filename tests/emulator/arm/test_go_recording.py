"""What Microsoft's clients in Go asked in 34 calls, asked again in the same order.

`go_sdk.jsonl` is of azcore 1.24, azidentity 1.15, armcompute 6.4, armnetwork 6.2, armresources 1.2 and
armresourcegraph 0.10, without the polls of operations and the second page of a query, which the replay cannot know.
"""

import json
from pathlib import Path

from tests.emulator.arm.test_azure_cli_recording import ask

RECORDING = [json.loads(line) for line in Path(__file__).with_name("go_sdk.jsonl").read_text("utf-8").splitlines()]


def test_answers_what_the_clients_in_go_ask(arm):
    asked = [(ask(arm, line), line) for line in RECORDING]
    wrong = [
        f"{line['method']} {line['path']}: {answer.status_code}, not {line['status']}: {answer.text[:300]}"
        for answer, line in asked
        if answer.status_code != line["status"]
    ]
    assert not wrong, "\n" + "\n".join(wrong)
