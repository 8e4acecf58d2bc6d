"""Public holidays of the seller's country, as days without delivery."""

from datetime import date

import holidays

from orders.catalogue import DeliveryCalendar

_YEARS_AHEAD = 2


def delivery_calendar(country: str, today: date) -> DeliveryCalendar:
    """The country's public holidays (ISO 3166 code) of this year and the next two; none for a country not known."""
    years = range(today.year, today.year + _YEARS_AHEAD + 1)
    try:
        return DeliveryCalendar(closed=frozenset(holidays.country_holidays(country, years=years)))
    except NotImplementedError:  # the library's word for a country that it does not have
        return DeliveryCalendar()
