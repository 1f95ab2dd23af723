"""The errors of a query, with their name and position."""

from azure_hotpatch.emulator.arm.protocol.bodies import Json


class QueryRefused(Exception):  # noqa: N818 - it is a refusal, in the words of Resource Graph's `details`
    """A query that Resource Graph, or this emulator of it, does not run. `at` is an offset in the query, or -1."""

    code = "InvalidQuery"

    def __init__(self, message: str, at: int = -1, token: str = "", code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.at = at
        self.token = token
        self.code = code or self.code

    def detail(self, query: str) -> Json:
        """One entry of the error's `details`: code and message, with line, column and token where they are known."""
        found: Json = {"code": self.code, "message": self.message}
        if self.at >= 0:
            before = query[: self.at]
            found["line"] = before.count("\n") + 1
            found["characterPositionInLine"] = self.at - (before.rfind("\n") + 1)
        if self.token:
            found["token"] = self.token
        return found


class ParserFailure(QueryRefused):
    """Text that is not of the language, or an operator that is not offered."""

    code = "ParserFailure"


class UnknownFunction(QueryRefused):
    code = "UnknownFunction"

    def __init__(self, name: str, at: int) -> None:
        super().__init__(f"Unknown function: '{name}'.", at, name)


class UnknownTable(QueryRefused):
    code = "DisallowedLogicalTableName"

    def __init__(self, name: str, at: int) -> None:
        super().__init__(f"Table {name} is invalid, unsupported or disallowed.", at, name)


class UnknownColumn(QueryRefused):
    def __init__(self, name: str, at: int) -> None:
        super().__init__(f"Failed to resolve scalar expression named '{name}'", at, name)


class WrongType(QueryRefused):
    """Types that an operator or a function does not accept; the message says which cast to add."""


class LimitExceeded(QueryRefused):
    """A query that exceeds a limit of the service: joins, rows, time or memory."""

    code = "LimitExceeded"
