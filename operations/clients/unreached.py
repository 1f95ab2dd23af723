"""Why a request did not leave this computer, in one line that says what to do."""

import re
from typing import NamedTuple


class _Cause(NamedTuple):
    sign: re.Pattern[str]
    why: str
    advice: str


# What urllib3 and OpenSSL say, as requests and azure-identity pass it on; the first that is found counts. Where a proxy
# is the cause, the address in these words is the proxy's.
_CAUSES = tuple(
    _Cause(re.compile(sign), why, advice)
    for sign, why, advice in (
        (
            "CERTIFICATE_VERIFY_FAILED",
            "its certificate is not trusted here",
            "where a proxy opens TLS, name the file of its certificate authority in REQUESTS_CA_BUNDLE",
        ),
        (r"\[SSL", "it does not speak TLS", "check the address and the proxy"),
        (
            "Unable to connect to proxy|Tunnel connection failed",
            "the proxy{where} refuses or does not answer",
            "check HTTPS_PROXY and NO_PROXY",
        ),
        ("Failed to resolve", "its name is not known here", "check the network and the proxy"),
        ("timed out", "it does not answer", "check the network and the proxy"),
        ("HTTPSConnection", "the connection fails", "check the network and the proxy"),
    )
)
# DefaultAzureCredential says too that nothing answers where only a virtual machine of Azure has an identity: over http,
# or that it timed out, which is what any computer without a log-in says.
_OF_A_LOG_IN = re.compile(
    r"CERTIFICATE_VERIFY_FAILED|\[SSL|Unable to connect to proxy|Tunnel connection|HTTPSConnection"
)
_ADDRESS = re.compile(r"host='(?P<host>[^']+)', port=(?P<port>\d+)")


def is_unreached(words: str) -> bool:
    """Whether the words of a log-in that failed are the transport's: nothing was answered, neither yes nor no."""
    return bool(_OF_A_LOG_IN.search(words))


def unreached(what: str, words: str) -> str:
    """That `what` ("Azure's log-in") cannot be reached, at which address, why, and what to do about it.

    `words` are the transport's own: they name Python's objects, and are not shown.
    """
    address = _ADDRESS.search(words)
    where = f" at {address['host']}:{address['port']}" if address else ""
    cause = next((each for each in _CAUSES if each.sign.search(words)), None)
    if cause is None:
        return f"{what} cannot be reached; check the network and the proxy"
    if "{where}" in cause.why:
        return f"{what} cannot be reached: {cause.why.format(where=where)}; {cause.advice}"
    if address and address["host"] == "localhost":  # the variables of `hotpatch azure env` are set
        return f"{what}{where} cannot be reached: {cause.why}; `hotpatch azure serve` starts the emulated Azure"
    return f"{what}{where} cannot be reached: {cause.why}; {cause.advice}"
