"""A stack's file is read as Pulumi reads it: its words, numbers, days and keys."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from azure_hotpatch.program.stack_yaml import StackFileError, configured, parsed

# What YAML 1.1, YAML 1.2 and Go read in different ways.
WORDS = (
    *("22:00", "1:30.5", "03:00", "2026-12-01", "2026-1-5", "2026-13-45", "2026-12-01 10:00", "2026-12-01 10:00:00"),
    *("2026-12-01T10:00:00Z", "2026-12-01t10:00:00+02:00", "2026-12-01 10:00:00.50", "2026-12-01T10:00:00"),
    *("yes", "no", "on", "Off", "y", "true", "True", "FALSE", "~", "null", "Null", "NULL", "nULL"),
    *("0755", "-0755", "0o755", "0o9", "08", "019", "0x1F", "-0x1", "0x", "0b11", "0b2", "1_000", "1__0", "_1", "+12"),
    *("1e3", "12e03", "1.5e3", "1e400", ".5", "+.5", ".", "1.", "1.0", "1.10", "1_0.5", "-0", "99999999999999999999"),
    *("=", "<<", "!!binary aGVsbG8=", "!!str 1", "!!set {a, b}", "!!float 1", '"on"', "'22:00'", "a b"),
)
KEYS = "{1: a, true: b, 1.10: c, 2026-01-01: d, 0x10: e, yes: f}"
BOMB = "\n".join(f"  x{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10) if n else 'a'}]" for n in range(12))

Reads = Callable[[str], dict[str, Any] | None]


@pytest.fixture
def pulumi_reads(engine: Any, tmp_path: Path) -> Reads:
    """What Pulumi reads in a stack's file; None if it refuses the file."""
    (tmp_path / "Pulumi.yaml").write_text("{name: shop, runtime: yaml}", encoding="utf-8")
    engine("stack init dev", tmp_path)

    def read(text: str) -> dict[str, Any] | None:
        (tmp_path / "Pulumi.dev.yaml").write_text(text, encoding="utf-8")
        done = engine("config --json --stack dev", tmp_path, check=False)
        found = json.loads(done.stdout) if done.returncode == 0 else {}
        return {key: value.get("objectValue", value["value"]) for key, value in found.items()} or None

    return read


def test_words_keys_and_aliases_are_what_pulumi_reads(pulumi_reads: Reads) -> None:
    words = "".join(f"    w{number}: {word}\n" for number, word in enumerate(WORDS))
    text = f"config:\n  shop:words:\n{words}  shop:keys: {KEYS}\n  shop:a: &a {{b: 1}}\n  shop:c: {{<<: *a, d: 2}}\n"
    theirs, ours = pulumi_reads(text), parsed(text.encode())["config"]
    assert theirs is not None
    for number, word in enumerate(WORDS):
        assert (word, ours["shop:words"][f"w{number}"]) == (word, theirs["shop:words"][f"w{number}"])
    assert ours == theirs
    assert str(ours) == str(json.loads(json.dumps(ours)))  # nothing in it that JSON does not have


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("config:\n  shop:a: 1\nconfig: {}\n", "line 3: the key config is there already, on line 1"),
        ("config:\n  shop:a: {x: 1, x: 2}\n", "line 2: the key x is there already, on line 2"),
        ("config:\n  shop:a: &a [*a]\n", "line 2: an alias stands within what it is the alias of"),
        ("config:\n  shop:a: {[x]: 1}\n", "line 2: a key is a list or an object"),
        ("config:\n  shop:a: {x: .nan}\n", "line 2: the value is not a valid number"),
        ("config:\n  shop:a: {x: .inf}\n", "line 2: the value is not a valid number"),
        ("config:\n  shop:a: {x: !!int x}\n", "line 2: the value is not a valid int"),
        ("config:\n  shop:a: {x: !!bool x}\n", "line 2: the value is not a valid bool"),
        ("config:\n  shop:a: *zq9secret\n", "line 2: found undefined alias"),
        ("config:\n  shop:a: [\n", "line 3: while parsing a flow node"),
        ("config:\n\tshop:a: 1\n", "line 2: while scanning for the next token"),
    ],
)
def test_refuses_what_pulumi_refuses_and_names_the_line(pulumi_reads: Reads, text: str, reason: str) -> None:
    assert pulumi_reads(text) is None
    with pytest.raises(StackFileError) as refused:
        parsed(text.encode())
    assert str(refused.value).startswith(reason)
    assert "zq9" not in str(refused.value)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"config: {a: \xfc}", "it is not text in UTF-8 or UTF-16, or it holds control characters"),
        (b"a\0b", "it is not text in UTF-8 or UTF-16, or it holds control characters"),
        (b"config: " + b"[" * 100_000, "it is nested deeper than can be read"),
        (b"a: !!python/object:os.system x", "line 1: could not determine a constructor for the tag"),
        (b"a: !!timestamp x", "line 1: the value is not a valid timestamp"),
        (b"a: !!binary /w==", "line 1: the value is not a valid binary"),
        (b"a: 1\n---\nb: 1\n", "line 2: expected a single document in the stream, but found another document"),
    ],
)
def test_refuses_what_is_no_file_of_a_stack(data: bytes, reason: str) -> None:
    with pytest.raises(StackFileError, match=f"^{reason}$"):
        parsed(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_reads_what_a_windows_editor_writes(encoding: str) -> None:
    assert parsed("config: {a: ü}\r\n".encode(encoding)) == {"config": {"a": "ü"}}


def test_aliases_of_aliases_cost_no_time() -> None:
    began = time.perf_counter()
    assert len(parsed(f"config:\n{BOMB}".encode())["config"]) == 12
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    ("text", "value"), [("[1]", [1]), ('{"a": 1}', {"a": 1}), ("[x", "[x"), ("{" * 100_000, "{" * 100_000), ("1", "1")]
)
def test_a_string_that_only_begins_like_json_stays_one(text: str, value: Any) -> None:
    assert configured(text) == value
