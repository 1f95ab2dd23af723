"""Remove from the text of a template what templates may have and JSON may not."""

import re

from azure_hotpatch.cli.documents.terraform.formats import terraform_hint

# A string, which may hold what looks like a comment or a comma, or a comment. Each takes all that it can: one that
# does not end reaches the end of the text, so that no character is looked at twice.
_STRING = r'"(?:\\.|[^"\\])*+"?'
_STRING_OR_COMMENT = re.compile(rf"{_STRING}|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?", re.DOTALL)
_STRING_OR_LAST_COMMA = re.compile(rf"{_STRING}|,(?=\s*+[\]}}])", re.DOTALL)

# How the CLI and PowerShell begin what they print of a what-if (azure-cli, _formatters.py).
_WHAT_IF = re.compile(r"Resource(?: and property)? changes are indicated with th", re.IGNORECASE)
_HINTS = {
    ".bicep": "; build the template first: `bicep build FILE`",
    ".bicepparam": "; build the parameters first: `bicep build-params FILE`",
    ".yaml": "; a Pulumi program is checked by its preview: `pulumi preview --json`",
    ".py": "; a Pulumi program is checked by its preview: `pulumi preview --json`",
}


def strict(text: str) -> str:
    """The text as JSON has it: no comments, no comma after the last member; every line keeps its number."""
    return _STRING_OR_LAST_COMMA.sub(_without_comma, _STRING_OR_COMMENT.sub(_blanked, text))


def hint(name: str, text: str) -> str:
    """A hint for a file of this name and with this text, which is not JSON."""
    if _WHAT_IF.search(text[:2000]):
        return "; it is a what-if for people: give what `az deployment group what-if --no-pretty-print` prints"
    return terraform_hint(name, text) or next(
        (hint for ending, hint in _HINTS.items() if name.lower().endswith(ending)), ""
    )


def _blanked(found: re.Match[str]) -> str:
    """A comment becomes a blank, but its lines stay, so that the others keep their numbers."""
    return found[0] if found[0][0] == '"' else " " + "\n" * found[0].count("\n")


def _without_comma(found: re.Match[str]) -> str:
    return found[0] if found[0][0] == '"' else " "
