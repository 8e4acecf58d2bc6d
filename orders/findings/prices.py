"""PRC: the price of a line against the agreed one."""

from datetime import date
from decimal import Decimal

from orders.findings.parameters import Sent
from orders.findings.statement import Case, Parameters
from orders.findings.values import AgreedFor, Measure, PricePer


class PriceMissing(Parameters):
    """An item without a price on a day."""

    item: str
    day: date


class PriceDiffers(Parameters):
    """A price as sent, and the agreed one with its list."""

    price: PricePer
    agreed: AgreedFor
    price_list: str


class PriceOfTier(PriceDiffers):
    """A price that is agreed from another quantity on."""

    tier: Measure


class PriceOfPeriod(PriceDiffers):
    """A price that is agreed for other days."""

    first: date | None = None
    last: date | None = None


class PriceByFactor(PriceDiffers):
    """A price that is the agreed one times or by a factor."""

    factor: Decimal


class UnitAndItem(Parameters):
    """A unit in which an item is not sold."""

    unit: str | None = None
    item: str


class PriceTypedOver(Parameters):
    """A price as issued in a form of ours, and what stands there now."""

    issued: Decimal
    sent: str


PRC001_NO_PRICE = Case("PRC001", "no_price", PriceMissing)
PRC002_DIFFERS = Case("PRC002", "differs", PriceDiffers)
PRC003_WITHIN_TOLERANCE = Case("PRC003", "within_tolerance", PriceDiffers)
PRC004_OF_OTHER_TIER = Case("PRC004", "of_other_tier", PriceOfTier)
PRC005_OF_OTHER_PERIOD = Case("PRC005", "of_other_period", PriceOfPeriod)
PRC006_OF_OTHER_BASIS = Case("PRC006", "of_other_basis", PriceByFactor)
PRC006_OF_FOREIGN_UNIT = Case("PRC006", "of_foreign_unit", UnitAndItem)
PRC007_TYPED_OVER = Case("PRC007", "typed_over", PriceTypedOver)
PRC007_TYPED_IN = Case("PRC007", "typed_in", Sent)
