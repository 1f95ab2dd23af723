"""Azure's token buckets: when a request may be sent, and when the last of many will have been sent."""

from dataclasses import dataclass

from azure_hotpatch.operations.install.take_back import TakeBack


@dataclass(frozen=True, slots=True)
class Limit:
    """The tokens that are refilled in a minute, and how many a bucket holds."""

    refill: int
    cap: int

    @property
    def seconds(self) -> float:
        """How long it takes to refill one token."""
        return 60 / self.refill


# "Compute throttling limits": assessPatches and installPatches share a bucket, one a subscription and region.
PATCH = Limit(200, 600)
# The same: updates, restarts and run commands share one of 500 a minute, 1,500 at most. To uninstall takes four
# requests: the script, a look before the restart, the restart, a look after it.
UNINSTALL = Limit(500 // 4, 1_500 // 4)

# What is left to the others after a refusal. Where they take half of what comes back, one request in thirty is refused.
DEBT = 30


def partition_of(subscription: str, location: str) -> str:
    """The name of a subscription and region, for each of which Azure counts requests."""
    return f"{subscription}/{location}".lower()


def bucket_of(subscription: str, location: str, take_back: TakeBack | None) -> tuple[str, Limit]:
    """The bucket that one machine draws from once, by name; `take_back` is what a rollback does to it."""
    partition = partition_of(subscription, location)
    uninstalls = take_back is not None and take_back.uninstalls
    return (f"{partition}/uninstall", UNINSTALL) if uninstalls else (partition, PATCH)


@dataclass(slots=True)
class Bucket:
    """What a bucket holds, by the caller's clock; times are seconds of that clock."""

    limit: Limit
    tokens: float
    at: float
    closed_until: float = 0.0  # nothing before that: Azure said so

    def wait(self, now: float) -> float:
        """Seconds until there is a token to take."""
        self._fill(now)
        # A token counts as there from a billionth on: sums of fractions do not reach 1 exactly.
        lacking = max(0.0, 1 - self.tokens - 1e-9) * self.limit.seconds
        return max(self.at - now + lacking, self.closed_until - now, 0.0)

    def take(self, now: float) -> None:
        self._fill(now)
        self.tokens -= 1

    def tell(self, now: float, remaining: int, in_flight: int) -> None:
        """Take over what Azure says is left, if it is less: others draw from the same bucket.

        `in_flight` are the requests whose answers are awaited: Azure may not have counted them yet.
        """
        self._fill(now)
        self.tokens = min(self.tokens, float(remaining - in_flight))

    def close(self, now: float, seconds: float) -> None:
        """Azure refused a request and said how long to wait: every request waits as long, and for DEBT more tokens.

        Others draw from the bucket: without DEBT every second request is refused again. Requests that were under way
        with the refused one are not a reason to wait longer.
        """
        self._fill(now)
        if now >= self.closed_until:
            self.tokens = min(self.tokens, 0.0) - DEBT
        self.closed_until = max(self.closed_until, now + seconds)

    def _fill(self, now: float) -> None:
        passed = max(0.0, now - self.at)
        self.tokens = min(self.limit.cap, self.tokens + passed / self.limit.seconds)
        self.at = max(self.at, now)
