"""Birthdays of listeners."""

import calendar
from dataclasses import dataclass
from datetime import date
import re
from typing import Self

_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True, order=True)
class Birthday:
    """A month and a day, without the year of birth. Of 29 February it is the 28th in years that have none."""

    month: int
    day: int

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the birthday of a text such as "02-29". Raises ValueError for what is no day."""
        day = date.fromisoformat(f"{_LEAP_YEAR}-{text}")
        return cls(day.month, day.day)

    @property
    def text(self) -> str:
        """It as it is read."""
        return f"{self.month:02}-{self.day:02}"

    def in_year(self, year: int) -> date:
        """Return the day that is celebrated in a year. Raises ValueError outside the years that there are."""
        _, last = calendar.monthrange(year, self.month)
        return date(year, self.month, min(self.day, last))

    def latest(self, today: date) -> date:
        """Return the latest that has begun."""
        this_year = self.in_year(today.year)
        return this_year if this_year <= today else self.in_year(today.year - 1)


@dataclass(frozen=True, slots=True)
class Birthdays:
    """The birthdays that a question may be about."""

    theirs: Birthday | None = None
    """That of the listener who is asked about, or of the asker where nobody is named."""
    mine: Birthday | None = None
    """The asker's."""
    named: tuple[tuple[str, Birthday], ...] = ()
    """Those of listeners, by their names."""

    def of(self, name: str) -> Birthday | None:
        """Return that of a listener, by the name or the first words of it; None where nobody of that name entered one."""
        folded_name = canonical(name)
        folded = [(canonical(each), birthday) for each, birthday in self.named]
        exact = {birthday for each, birthday in folded if each == folded_name}
        begins = {
            birthday for each, birthday in folded if each.startswith(f"{folded_name}_")
        }
        found = exact or begins
        return found.pop() if len(found) == 1 else None


def canonical(name: str) -> str:
    """Return a name in lower case, with its words joined by underscores."""
    return re.sub(r"[\s_]+", "_", name.strip().casefold())
