"""What is run over the sources keeps to the checkout, as set-up does."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from set_up import checks
from set_up.layout import Layout


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """The environment of each command that would have been run."""
    environments: list[dict[str, str]] = []

    def run(_command: Sequence[Any], folder: Path, env: dict[str, str]) -> int:
        environments.append(env)
        (folder / "dist").mkdir(exist_ok=True)
        (folder / "dist/built.whl").touch()
        return 0

    monkeypatch.setattr(checks, "run", run)
    monkeypatch.setattr(checks, "uv_settings", lambda *_: {})
    return environments


@pytest.mark.parametrize("variable", ["PIP_CACHE_DIR", "UV_CACHE_DIR", "npm_config_cache"])
@pytest.mark.parametrize("command", [checks.test, checks.wheel, checks.bench])
def test_what_is_fetched_is_kept_in_the_checkout(
    command: Any, variable: str, layout: Layout, given: list[dict[str, str]]
) -> None:
    command(layout, [])
    assert given
    assert all(env[variable].startswith(f"{layout.made}/") for env in given)


@pytest.mark.parametrize("variable", checks.OF_THE_SANDBOX)
def test_a_test_that_names_no_state_of_its_own_finds_none(
    variable: str, layout: Layout, given: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(variable, raising=False)
    checks.test(layout, [])
    assert [variable in env for env in given] == [False]
