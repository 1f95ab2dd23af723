"""The input of every reader: a resource as the engine, a state or a preview has it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from azure_hotpatch.policies.reading.templates.work import Run


@dataclass(frozen=True, slots=True)
class Source:
    """A resource by its Pulumi token, with its properties as the wire has them (`osProfile`, not `os_profile`).

    `props` may be the proxies of the policy SDK, or plain JSON with Pulumi's marks of secrets and unknown values.
    `ignore_changes` are property paths as `ResourceOptions` takes them. `depends_on` maps a top-level property to the
    URNs that its value comes from. `run` is what all templates of a run may cost together.
    """

    token: str
    name: str
    urn: str
    props: Mapping[str, Any]
    ignore_changes: Sequence[str] = ()
    depends_on: Mapping[str, Sequence[str]] = field(default_factory=dict)
    run: Run = field(default_factory=Run, compare=False)
