"""Days without delivery come from the seller's country; a country that is not known is said, not passed over."""

from datetime import date

import pytest

from pipelines.holidays import delivery_calendar
from pipelines.settings import SettingsError


def test_the_holidays_of_this_year_and_the_next_two() -> None:
    closed = delivery_calendar("DE", date(2026, 11, 16)).closed
    assert {date(2026, 12, 25), date(2028, 10, 3)} <= closed
    assert date(2026, 12, 23) not in closed


def test_a_country_that_nobody_knows_is_named_with_the_way_to_mend_it() -> None:
    with pytest.raises(SettingsError, match=r"seller\.country: 'DEU-' .*ISO 3166"):
        delivery_calendar("DEU-", date(2026, 11, 16))
