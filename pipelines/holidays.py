"""Public holidays of the seller's country, as days without delivery."""

from datetime import date

import holidays

from orders.catalogue import DeliveryCalendar
from pipelines.settings import SettingsError

_YEARS_AHEAD = 2


def delivery_calendar(country: str, today: date) -> DeliveryCalendar:
    """The country's public holidays (ISO 3166 code) of this year and the next two.

    Errors: SettingsError for a country whose holidays nobody here knows; without them dates would be promised wrongly.
    """
    years = range(today.year, today.year + _YEARS_AHEAD + 1)
    try:
        return DeliveryCalendar(closed=frozenset(holidays.country_holidays(country, years=years)))
    except NotImplementedError as error:  # the library's word for a country that it does not have
        words = f"seller.country: {country!r} is not a country whose public holidays are known. Use its ISO 3166 code."
        raise SettingsError(words) from error
