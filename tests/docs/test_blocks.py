"""Every block of code in the README and the guides is tried, or there is a reason why it cannot be."""

import subprocess

import pytest

from tests.docs.blocks import BLOCKS, CANNOT, ELSEWHERE, PASTED, ROOT, SHELLS, Block, why_not_run

KEYS = {block.key for block in BLOCKS}


def how(block: Block) -> list[str]:
    """The ways in which a block is accounted for; one is right."""
    cannot = why_not_run(block)
    elsewhere = None if cannot else ELSEWHERE.get(block.key) or ELSEWHERE.get(block.page)
    ways = {"pasted": block.key in PASTED, f"in {elsewhere}": elsewhere, "cannot": cannot}
    return [way for way, is_so in ways.items() if is_so]


def test_the_blocks_are_found() -> None:
    assert len(BLOCKS) > 40
    assert {"sh", "bash", "powershell", "python", "yaml", "json", "text"} <= {block.language for block in BLOCKS}


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: "-".join(block.key)[:60])
def test_a_block_is_tried_in_one_way_or_cannot_be(block: Block) -> None:
    assert len(how(block)) == 1, f"{block.key}: {how(block)}; see tests/docs/blocks.py"


def test_the_tables_name_blocks_and_tests_that_there_are() -> None:
    named = {key for key in (*PASTED, *ELSEWHERE) if isinstance(key, tuple)}
    assert named - KEYS == set()
    assert {key for key in ELSEWHERE if isinstance(key, str)} <= {block.page for block in BLOCKS}
    assert [test for test in ELSEWHERE.values() if not (ROOT / test).is_file()] == []


def test_every_reason_is_needed() -> None:
    used = {why_not_run(block) for block in BLOCKS}
    assert set(CANNOT.values()) <= used


@pytest.mark.parametrize(
    "block", [block for block in BLOCKS if block.language in SHELLS], ids=lambda block: "-".join(block.key)[:60]
)
def test_a_block_of_the_shell_parses(block: Block) -> None:
    subprocess.run(["bash", "-n"], input=block.text, text=True, check=True)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: "-".join(block.key)[:60])
def test_a_block_has_nothing_to_fill_in(block: Block) -> None:
    """A name in angle brackets is a redirection to a shell, and `your-org` is somebody else's.

    What the machine's own list of packages says cannot be known before it was asked.
    """
    assert [word for word in ("<id>", "<organization>", "your-") if word in block.text] == []
