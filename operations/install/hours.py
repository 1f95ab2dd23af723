"""Maintenance hours: the hours of a day, in a time zone, in which installations may run."""

from datetime import UTC, datetime, time, timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, model_validator
from pydantic_core import PydanticCustomError

from azure_hotpatch.operations.install.model import Model

Day = Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
# Azure starts an update only with 25 minutes left ("Maintenance configurations").
LEAST_LEFT = timedelta(minutes=30)
DAYS: tuple[Day, ...] = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _time(value: Any) -> time:
    if isinstance(value, time):
        return value
    try:
        return datetime.strptime(str(value), "%H:%M").time()
    except ValueError:
        raise PydanticCustomError("setting", "is not a time of day; write it as 22:00") from None


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise PydanticCustomError("setting", "is not the name of a time zone; write it as Europe/Berlin") from None
    return value


TimeOfDay = Annotated[time, BeforeValidator(_time), PlainSerializer(lambda value: f"{value:%H:%M}", return_type=str)]


class Hours(Model):
    """From one time of day until another, past midnight if need be; `days` are those on which they begin."""

    begin: TimeOfDay = Field(alias="from")
    end: TimeOfDay = Field(alias="until")
    time_zone: Annotated[str, AfterValidator(_zone)] = "UTC"
    days: tuple[Day, ...] = DAYS

    @model_validator(mode="after")
    def _check(self) -> "Hours":
        day = datetime(2000, 1, 1)
        last = timedelta(days=1 if self.end <= self.begin else 0)
        if datetime.combine(day, self.end) + last - datetime.combine(day, self.begin) < LEAST_LEFT:
            raise PydanticCustomError(
                "setting", "are shorter than 30 minutes: no installation begins with less than that left"
            )
        return self

    def closes(self, now: datetime) -> datetime | None:
        """When the hours that are open now end; None where they are closed."""
        local = now.astimezone(ZoneInfo(self.time_zone))
        for days in (0, 1):
            begin, end = self._on(local - timedelta(days=days))
            if begin <= now < end and DAYS[begin.weekday()] in self.days:
                return end
        return None

    def opens(self, now: datetime) -> datetime:
        """When they are open next: now, or later."""
        if self.closes(now):
            return now
        local = now.astimezone(ZoneInfo(self.time_zone))
        begins = (self._on(local + timedelta(days=days))[0] for days in range(9))
        return next(begin for begin in begins if begin > now and DAYS[begin.weekday()] in self.days)

    def starts(self, now: datetime) -> datetime:
        """When an installation may begin next: while they are open, with LEAST_LEFT left."""
        at = self.opens(now)
        # In UTC: the difference of two times of one zone leaves out the hour that summer time takes or gives.
        while (closes := self.closes(at)) is None or closes - at.astimezone(UTC) < LEAST_LEFT:
            at = self.opens(closes or at)
        return at

    def _on(self, day: datetime) -> tuple[datetime, datetime]:
        zone = ZoneInfo(self.time_zone)
        begin = datetime.combine(day.date(), self.begin, zone)
        last = day.date() + timedelta(days=1 if self.end <= self.begin else 0)
        return begin, datetime.combine(last, self.end, zone)
