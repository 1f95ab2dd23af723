"""Where the page of a rule is: beside the others in docs/rules, which the package carries in its folder pages."""

from importlib.resources import files


def page(rule_id: str) -> str:
    """The Markdown of a rule's page, empty where there is none."""
    found = files("azure_hotpatch") / "pages" / f"{rule_id}.md"
    return found.read_text(encoding="utf-8") if found.is_file() else ""
