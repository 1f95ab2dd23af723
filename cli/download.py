"""Download a small file from an https address that the user gives; what goes wrong is a Failure of one line."""

import time
from urllib.parse import urlsplit

from azure_hotpatch.cli.failure import Failure

_TIMEOUT, _LONGEST = 20.0, 60.0  # seconds: until something comes, and for the whole
_REDIRECTS = 5


def named(address: str) -> str:
    """An address without what may be a secret: a password, a query such as that of a shared access signature."""
    try:
        parts = urlsplit(address)
        return f"{parts.scheme}://{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}{parts.path}"
    except ValueError:
        raise Failure("the address is not one: write it as https://host/path") from None


def download(address: str, most: int) -> bytes:
    """What is at an address, of at most `most` bytes. Redirections are followed, to https alone."""
    name = named(address)
    if urlsplit(address).scheme != "https" or not urlsplit(address).hostname:
        raise Failure(f"{name} is not an https address")
    try:
        import httpx
    except ImportError:
        raise Failure("an address needs httpx: pip install 'azure-hotpatch[operations]', or give a file") from None
    try:
        with httpx.Client(timeout=_TIMEOUT) as client:
            return _read(client, address, most)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Failure(f"{name} cannot be read: {_reason(error)}") from None


def _read(client, address: str, most: int) -> bytes:  # type: ignore[no-untyped-def]  # of httpx, which is an extra
    deadline, content = time.monotonic() + _LONGEST, b""
    for _ in range(_REDIRECTS + 1):
        with client.stream("GET", address) as answer:
            if answer.has_redirect_location:
                address = str(answer.next_request.url)
                if urlsplit(address).scheme != "https":
                    raise Failure(f"{named(address)}, to which it redirects, is not an https address")
                continue
            if answer.status_code != 200:
                raise Failure(f"{named(address)} cannot be read: it answers {answer.status_code}")
            for part in answer.iter_bytes():
                content += part
                if len(content) > most:
                    raise Failure(f"{named(address)} is larger than {most} bytes, and no list of releases is")
                if time.monotonic() > deadline:
                    raise Failure(f"{named(address)} cannot be read: it took longer than {_LONGEST:.0f} s")
            return content
    raise Failure(f"{named(address)} cannot be read: it redirects more than {_REDIRECTS} times")


def _reason(error: Exception) -> str:
    return next(iter(str(error).splitlines()), "") or type(error).__name__
