"""Generate one interchange of many clean orders of the sample customer nordmarkt, from the seller's real data."""

import argparse
import random
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import sample_files
from connectors.reference_files import load_tables
from orders.catalogue import Item, ItemStatus
from orders.numbers import money
from orders.reference import Agreement, Reference

CUSTOMER = "nordmarkt"
_ORDERED_ON = sample_files.AS_OF - timedelta(days=3)
_WANTED_ON = sample_files.AS_OF + timedelta(days=8)
_EXACT = Decimal(0)


class _Offer(NamedTuple):
    """An item that the customer may order, with the smallest step of its quantity."""

    item: Item
    buyer_item: str
    step: int
    most: int


def write_interchange(path: Path, orders: int, lines: int) -> None:
    """Write the file; the same numbers give the same bytes."""
    agreement = Reference(load_tables([sample_files.FOLDER / "reference"])).agreement(CUSTOMER)
    assert agreement is not None
    offers = list(_offers(agreement))
    assert lines <= len(offers), f"an order names each item once, and there are {len(offers)}"
    chance = random.Random(orders)
    with path.open("w", encoding="latin-1", newline="") as file:
        file.write("UNA:+.? '\r\n")
        file.write(f"UNB+UNOC:3+{agreement.account.gln}:14+{sample_files.SELLER_GLN}:14+261113:0915+B{orders}'\r\n")
        for number in range(1, orders + 1):
            segments = _order(number, agreement, chance.sample(offers, lines), chance)
            file.write("".join(f"{segment}'\r\n" for segment in segments))
        file.write(f"UNZ+{orders}+B{orders}'\r\n")


def _offers(agreement: Agreement) -> Iterator[_Offer]:
    for entry in agreement.assortment.values():
        item = agreement.catalogue.item(entry.item)
        if item is None or item.status is not ItemStatus.ACTIVE or item.lead_days > 3 or entry.buyer_item is None:
            continue
        step = int(item.order_multiple or 1)
        most = int(min(item.max_quantity or 600, Decimal(600)))
        if agreement.agreed_price(item, Decimal(step), sample_files.AS_OF, _EXACT) is not None:
            yield _Offer(item, entry.buyer_item, step, most)


def _order(number: int, agreement: Agreement, offers: list[_Offer], chance: random.Random) -> list[str]:
    place = "9522104001017"
    segments = [
        f"UNH+{number}+ORDERS:D:96A:UN:EAN008",
        f"BGM+220+47{number:08}+9",
        f"DTM+137:{_ORDERED_ON:%Y%m%d}:102",
        f"DTM+2:{_WANTED_ON:%Y%m%d}:102",
        "RFF+CT:NM-RV-2026",
        f"NAD+BY+{agreement.account.gln}::9++{agreement.account.name}",
        f"NAD+SU+{sample_files.SELLER_GLN}::9++Hagedorn & Moll Großhandel",
        f"NAD+DP+{place}::9++Nordmarkt Zentrallager Nord+Am Güterkai 14+Flensburg++24941+DE",
        f"CUX+2:{agreement.account.currency}:9",
    ]
    total = Decimal(0)
    for position, offer in enumerate(offers, start=1):
        item = offer.item
        least = max(int(item.min_quantity or 1), offer.step, 40)
        fewest = -(-least // offer.step)
        quantity = Decimal(chance.randint(fewest, max(fewest, offer.most // offer.step)) * offer.step)
        price = agreement.agreed_price(item, quantity, sample_files.AS_OF, _EXACT)
        assert price is not None
        held = item.base_units_in(price.unit)
        assert held is not None
        amount = money(quantity * price.price / (held * price.basis), price.currency)
        total += amount
        basis = f"{price.basis}" if price.basis != 1 else "1"
        segments += [
            f"LIN+{position}++{item.gtin}:EN",
            f"PIA+1+{offer.buyer_item}:IN+{item.item}:SA",
            f"IMD+F++:::{_released(item.description)[:35]}",
            f"QTY+21:{quantity}:{item.unit}",
            f"MOA+203:{amount}",
            f"PRI+AAA:{price.price}:::{basis}:{price.unit}",
        ]
    segments += ["UNS+S", f"MOA+79:{total}", f"CNT+2:{len(offers)}"]
    return [*segments, f"UNT+{len(segments) + 1}+{number}"]


def _released(text: str) -> str:
    return "".join(f"?{character}" if character in "?+:'" else character for character in text)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("path", type=Path)
    arguments.add_argument("--orders", type=int, default=5000)
    arguments.add_argument("--lines", type=int, default=20)
    given = arguments.parse_args()
    write_interchange(given.path, given.orders, given.lines)
