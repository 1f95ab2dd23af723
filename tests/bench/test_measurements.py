"""The measurements can be run by name, and all that is in their folder is run."""

import pytest

from bench.__main__ import FOLDER, is_bench, main


def test_an_unknown_measurement_names_those_that_exist(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nothing"]) == 2
    assert "pack_overhead" in capsys.readouterr().err


def test_every_file_is_a_measurement_or_read_by_one() -> None:
    sources = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.py") if path.stem != "__main__"}
    benches = [name for name in sources if is_bench(FOLDER / f"{name}.py")]
    others = [name for name in sources if name not in benches]
    assert benches
    assert [name for name in others if not any(name in sources[bench] for bench in benches)] == []
