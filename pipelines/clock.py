"""Time, handed in: the moment, and the seller's day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Clock:
    """Tells the moment in UTC, and the day in the seller's time zone unless ``as_of`` fixes it."""

    zone: ZoneInfo
    as_of: date | None = None

    def now(self) -> datetime:
        return datetime.now(UTC)

    def day_of(self, moment: datetime) -> date:
        """The seller's day at this moment, or the fixed one."""
        return self.as_of or moment.astimezone(self.zone).date()
