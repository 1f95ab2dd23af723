"""Generate the head of each rule's page, and the index of all rules."""

from azure_hotpatch.domain.judging.record import MACHINES, Kind
from azure_hotpatch.domain.judging.remediation import REMEDIABLE
from azure_hotpatch.domain.judging.rule import Audience, Rule, Severity
from azure_hotpatch.domain.rules import RULES

_INDEX = """\
# Rules

Each rule checks one condition of one resource, or of resources that refer to each other, in ARM's names.
The answers are: nothing, a violation, or that it could not be verified.
An error fails a preview unless the pack's configuration says otherwise; a warning and a note are advice.

| rule | what should be so | severity | judges |
|---|---|---|---|
{rows}

Machines that run Linux are judged only in scope `all`; by the rules that judge every machine, always.

## How a rule is waived

For one resource, in the configuration of the policy pack (`--policy-pack-config`), with an owner, a reason and a day:

```json
{{
  "hotpatch": {{
    "waivers": [
      {{
        "rule": "HP004",
        "urn": "*::legacy-web",
        "owner": "web team",
        "reason": "moves to a hotpatch image with the new shop",
        "expires": "2026-12-31"
      }}
    ]
  }}
}}
```

A waiver that has expired, or that matches nothing, is reported itself. For a whole stack a rule is set to `disabled`,
`advisory` or `mandatory` by its id: `{{"HP004": "advisory"}}`. Nine rules can also fix what they find: `"remediate"`
sets the patch settings, never an image, and says what it changed ({remediable}).
"""


# One sentence for a reader who has never heard of the subject, by what a rule judges.
_HOTPATCH = (
    "Hotpatching lets Azure install most monthly security updates of Windows Server Azure Edition without a restart."
)
_SUBJECTS = {
    Kind.MAINTENANCE_CONFIGURATION: "A maintenance configuration is a schedule by which Azure installs updates on "
    "machines that are not hotpatched.",
    Kind.POLICY_ASSIGNMENT: f"{_HOTPATCH} An Azure Policy can change its settings without the program.",
}


def heading(rule: Rule) -> str:
    """The first lines of a rule's page."""
    subject = (
        _HOTPATCH if rule.kinds & MACHINES else next((_SUBJECTS[k] for k in _SUBJECTS if k in rule.kinds), _HOTPATCH)
    )
    return (
        f"# {rule.id} {rule.name}\n\n> {rule.summary}\n\n{subject}\n\n"
        f"**{LEVELS[rule.severity]}**, judges {judged(rule)}\n"
    )


# What a finding does unless the pack's configuration says otherwise; policies.config derives the same.
LEVELS = {
    Severity.ERROR: "Error (mandatory by default)",
    Severity.WARNING: "Warning (advice by default)",
    Severity.NOTE: "Note (advice by default)",
}


def judged(rule: Rule) -> str:
    """The resources that a rule checks, for people: "virtual machines that run Windows, or may"."""
    kinds = " and ".join(f"{kind}s" for kind in Kind if kind in rule.kinds and kind is not Kind.OPAQUE)
    if not rule.kinds & MACHINES:
        return kinds or "resources that cannot be read"
    return kinds if rule.audience is Audience.EVERY else f"{kinds} that run Windows, or may"


def index() -> str:
    """The page docs/rules/README.md."""
    rows = (f"| [{rule.id}]({rule.id}.md) | {rule.name} | {rule.severity} | {judged(rule)} |" for rule in RULES)
    return _INDEX.format(rows="\n".join(rows), remediable=", ".join(sorted(REMEDIABLE)))
