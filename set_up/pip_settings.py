"""Pass the index configured for pip on to uv, which does not read pip's files."""

import ast
import re
from collections.abc import Mapping

# pip's setting, and the variable by which uv takes the same.
SAME_IN_UV = {"index-url": "UV_DEFAULT_INDEX", "extra-index-url": "UV_INDEX", "cert": "SSL_CERT_FILE"}
SECTIONS = ("global", "install", ":env:")  # weakest first
SETTING = re.compile(r"^(?P<section>global|install|:env:)\.(?P<name>[\w-]+)=(?P<value>'.*'|\".*\")$")


def settings(listing: str) -> dict[str, str]:
    """The settings in the output of `pip config list`, the strongest section winning."""
    found = [match for line in listing.splitlines() if (match := SETTING.match(line))]
    found.sort(key=lambda match: SECTIONS.index(match["section"]))
    return {match["name"]: str(ast.literal_eval(match["value"])) for match in found}


def for_uv(listing: str, environ: Mapping[str, str]) -> dict[str, str]:
    """Variables for uv; one that the person set for uv itself is left alone."""
    given = settings(listing)
    return {
        variable: " ".join(given[name].split())
        for name, variable in SAME_IN_UV.items()
        if name in given and variable not in environ
    }
