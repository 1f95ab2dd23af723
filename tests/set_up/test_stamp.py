"""A step is done again when anything that it was made from has changed."""

from pathlib import Path

from set_up.stamp import digest, is_current, set_stamp


def test_changes_with_a_file_and_with_a_fact(tmp_path: Path) -> None:
    file = tmp_path / "input"
    file.write_text("one")
    first = digest([file], ["3.11"])
    assert first == digest([file], ["3.11"])
    assert first != digest([file], ["3.12"])
    file.write_text("two")
    assert first != digest([file], ["3.11"])


def test_parts_do_not_run_together() -> None:
    assert digest([], ["ab", "c"]) != digest([], ["a", "bc"])


def test_a_step_that_never_ended_is_not_current(tmp_path: Path) -> None:
    assert not is_current(tmp_path / "stamps" / "step", "x")


def test_is_current_once_set_and_until_its_inputs_change(tmp_path: Path) -> None:
    stamp = tmp_path / "stamps" / "step"
    set_stamp(stamp, "x")
    assert is_current(stamp, "x")
    assert not is_current(stamp, "y")
