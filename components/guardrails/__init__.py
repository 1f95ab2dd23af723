"""Azure Policy assignments that keep machines hotpatchable: HotpatchGuardrails."""
