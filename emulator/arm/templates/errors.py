"""Errors of a template: inside an expression, and as the refusal that ARM returns."""

# ruff: noqa: N818 - the classes have the names of ARM's codes, none of which ends in Error

from azure_hotpatch.emulator.arm.protocol.errors import ArmError

EXPRESSIONS = "Please see https://aka.ms/arm-template-expressions for usage details."
RESOURCES = "Please see https://aka.ms/arm-template/#resources for usage details."


class ExpressionError(Exception):
    """Why an expression cannot be evaluated; the caller adds its path."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InvalidTemplate(ArmError):
    """A template that ARM refuses before it starts."""

    code = "InvalidTemplate"

    def __init__(self, why: str, doing: str = "validation") -> None:
        super().__init__(f"Deployment template {doing} failed: '{why}'.")


def unexpected(function: str) -> ExpressionError:
    """A function that exists, and has no meaning where it was called."""
    return ExpressionError(f"The template function '{function}' is not expected at this location. {EXPRESSIONS}")


def wrong_argument(function: str, wanted: str) -> ExpressionError:
    """An argument of another type; its value, which may be secret, is not repeated."""
    return ExpressionError(f"The template language function '{function}' expects its parameter to be {wanted}.")
