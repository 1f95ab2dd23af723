"""ARM templates: their syntax, expressions, scopes and nested deployments."""
