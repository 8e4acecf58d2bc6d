"""Issue a reorder workbook: the customer's own assortment as of a day, with what it ordered before, stamped."""

import secrets
from collections.abc import Mapping
from datetime import date, timedelta

from connectors.store.records import ItemOrders
from pipelines.books import Books, PartnerStopped
from pipelines.settings import SettingsError
from replies.reorder_offer import ItemHistory, offer_of
from replies.reorder_workbook import reorder_workbook
from replies.wording.language import language

VALID_DAYS = 30
_YEAR = timedelta(days=365)


def history_since(day: date) -> date:
    """The first of the twelve months that are averaged."""
    return day - _YEAR


def issue_reorder_workbook(
    customer: str, books: Books, seller: str, day: date, history: Mapping[str, ItemOrders], valid_days: int = VALID_DAYS
) -> bytes:
    """The workbook for a customer, in its language.

    Errors: SettingsError where there is no such account, no partner file for it, or nothing that it may order;
    PartnerStopped where its partner file has to be mended first.
    """
    agreement, partner = books.reference.agreement(customer), books.partner(customer)
    if agreement is None:
        raise SettingsError(f"There is no account {customer} in the reference data. Load it, or name another.")
    stopped = books.why_stopped(customer)
    if stopped is not None:
        raise PartnerStopped(stopped)
    if partner is None:
        raise SettingsError(f"There is no partner file for {customer}. Add partners/{customer}.yaml.")
    if not any(part.assortment for part in agreement.parts()):
        raise SettingsError(f"The assortment of {customer} is empty. Load the items that it may order.")
    known = {
        item: ItemHistory(last_day=one.last_day, last_quantity=one.last_quantity, year_quantity=one.since_quantity)
        for item, one in history.items()
    }
    offer = offer_of(agreement, seller, day, day + timedelta(days=valid_days), known)
    return reorder_workbook(offer, language(partner.language), secrets.token_hex(16), books.stamp_key.made())
