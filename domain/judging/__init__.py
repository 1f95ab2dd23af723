"""How a resource is judged: records, rules, findings, and the links between records."""
