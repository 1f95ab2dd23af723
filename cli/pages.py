"""Find the page of a rule: in docs/rules, which the wheel holds in its folder pages."""

import posixpath
import re
from importlib.resources import files

# A link to a file of the project, which a reader of the printed page cannot follow.
_RELATIVE = re.compile(r"\[(?P<text>[^\]]*)\]\((?!\w+:)(?P<target>[^)#\s]*)(?:#[^)\s]*)?\)")
_RULE = re.compile(r"HP\d{3}(?=\.md$)")


def readable(markdown: str) -> str:
    """A page with each link to another page of the project replaced by what a person can do to read it."""
    return _RELATIVE.sub(_instead, markdown)


def _instead(link: re.Match[str]) -> str:
    rule = _RULE.search(link["target"])
    if rule:
        command = f"`hotpatch explain {rule[0]}`"
        return command if link["text"] == rule[0] else f"{link['text']} ({command})"
    if not link["target"]:
        return link["text"]
    return f"{link['text']} ({posixpath.normpath(posixpath.join('docs/rules', link['target']))})"


def page(rule_id: str) -> str:
    """The Markdown of a rule's page, empty where there is none."""
    found = files("azure_hotpatch") / "pages" / f"{rule_id}.md"
    return found.read_text(encoding="utf-8") if found.is_file() else ""
