"""The build backend: setuptools, after the links of the import root are made, from which it finds every package."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from setuptools import build_meta

from set_up.import_root import link_rooms

ROOT = Path(__file__).resolve().parent.parent

Settings = Mapping[str, Any] | None

get_requires_for_build_wheel = build_meta.get_requires_for_build_wheel
get_requires_for_build_sdist = build_meta.get_requires_for_build_sdist
get_requires_for_build_editable = build_meta.get_requires_for_build_editable


def prepare_metadata_for_build_wheel(metadata_directory: str, config_settings: Settings = None) -> str:
    link_rooms(ROOT)
    return build_meta.prepare_metadata_for_build_wheel(metadata_directory, config_settings)


def prepare_metadata_for_build_editable(metadata_directory: str, config_settings: Settings = None) -> str:
    link_rooms(ROOT)
    return build_meta.prepare_metadata_for_build_editable(metadata_directory, config_settings)


def build_wheel(wheel_directory: str, config_settings: Settings = None, metadata_directory: str | None = None) -> str:
    link_rooms(ROOT)
    return build_meta.build_wheel(wheel_directory, config_settings, metadata_directory)


def build_editable(
    wheel_directory: str, config_settings: Settings = None, metadata_directory: str | None = None
) -> str:
    link_rooms(ROOT)
    return build_meta.build_editable(wheel_directory, config_settings, metadata_directory)


def build_sdist(sdist_directory: str, config_settings: Settings = None) -> str:
    link_rooms(ROOT)
    return build_meta.build_sdist(sdist_directory, config_settings)
