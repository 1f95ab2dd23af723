"""`hotpatch wave continue` and `end`, as a person types them."""

import json

import pytest


@pytest.mark.usefixtures("azure")
def test_a_wave_is_ended_for_good_with_a_reason_that_is_kept(hotpatch, tmp_path):
    hotpatch("install", "--resource-group", "fleet", "--dry-run", "--out", "p.json")
    hotpatch("install", "--plan", "p.json", "--yes", "--detach")
    name = json.loads((tmp_path / "p.json").read_text())["id"]
    for do in ("continue", "end"):
        code, _, err = hotpatch("wave", do, name)
        assert code == 3
        assert f"`hotpatch wave {do}` needs --why TEXT" in err
    code, _, err = hotpatch("wave", "continue", name, "--why", "looked")
    assert code == 3
    assert "is not stopped by a closed gate" in err
    for _ in range(2):
        code, out, _ = hotpatch("wave", "end", name, "--why", "broken")
        assert code == 0
        assert f"The wave {name} does not go on: ended by " in out
    code, _, err = hotpatch("wave", "resume", name)
    assert code == 3
    assert "does not go on" in err
    entries = [json.loads(text) for text in (tmp_path / "journal.jsonl").read_text().splitlines()]
    assert [one["kind"] for one in entries].count("wave-ended") == 1
