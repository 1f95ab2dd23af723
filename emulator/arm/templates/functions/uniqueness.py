"""guid and uniqueString: the same for the same arguments, here as in Azure."""

import uuid
from typing import Any

from azure_hotpatch.emulator.arm.templates.functions.signature import TemplateFunction, a_string

# Bicep's documentation of guid(): a UUID of version 5 in this namespace, of the arguments joined by "-".
_NAMESPACE = uuid.UUID("11fb06fb-712d-4ddd-98c7-e71bbd588830")

_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
_WORD = 0xFFFFFFFF

# MurmurHash3 for 32-bit machines in Azure's variant of 64 bits, whose published values the tests have.
_FIRST, _SECOND = 0x239B961B, 0xAB0E9789
_FIRST_OFFSET, _SECOND_OFFSET = 0x561CCD1B, 0x0BCAA747
_MIX_FIRST, _MIX_SECOND = 0x85EBCA6B, 0xC2B2AE35


def _guid(*values: Any) -> str:
    return str(uuid.uuid5(_NAMESPACE, "-".join(a_string("guid", value) for value in values)))


def _unique_string(*values: Any) -> str:
    joined = "-".join(a_string("uniqueString", value) for value in values)
    number = _hash(joined.encode())
    # 13 characters of 5 bits: the last one has the number's last 4 and a zero.
    return "".join(_ALPHABET[(number << 1 >> shift) & 31] for shift in range(60, -1, -5))


def _hash(data: bytes) -> int:
    first = second = 0
    whole = len(data) - len(data) % 8
    for at in range(0, whole, 8):
        first ^= _scrambled(_number(data, at), _FIRST, _SECOND, 15)
        first = ((_rotated(first, 19) + second) * 5 + _FIRST_OFFSET) & _WORD
        second ^= _scrambled(_number(data, at + 4), _SECOND, _FIRST, 17)
        second = ((_rotated(second, 13) + first) * 5 + _SECOND_OFFSET) & _WORD
    first ^= _scrambled(_number(data, whole), _FIRST, _SECOND, 15)
    second ^= _scrambled(_number(data, whole + 4), _SECOND, _FIRST, 17)
    return _finished(first ^ len(data), second ^ len(data))


def _finished(first: int, second: int) -> int:
    first = (first + second) & _WORD
    second = (second + first) & _WORD
    first, second = _mixed(first), _mixed(second)
    first = (first + second) & _WORD
    return ((second + first) & _WORD) << 32 | first


def _number(data: bytes, at: int) -> int:
    """The four bytes at a place, or what is left of them."""
    return int.from_bytes(data[at : at + 4], "little")


def _scrambled(number: int, before: int, after: int, by: int) -> int:
    return _rotated(number * before & _WORD, by) * after & _WORD


def _rotated(number: int, by: int) -> int:
    return (number << by | number >> (32 - by)) & _WORD


def _mixed(number: int) -> int:
    number = (number ^ number >> 16) * _MIX_FIRST & _WORD
    number = (number ^ number >> 13) * _MIX_SECOND & _WORD
    return number ^ number >> 16


FUNCTIONS = (TemplateFunction("guid", _guid, 1, None), TemplateFunction("uniqueString", _unique_string, 1, None))
