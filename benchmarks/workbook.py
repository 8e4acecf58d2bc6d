"""Generate an order workbook of the sample customer klinikum: a letterhead, and lines with the seller's real items."""

import argparse
import random
from datetime import timedelta
from pathlib import Path

import openpyxl

import sample_files
from connectors.reference_files import load_tables
from orders.reference import Reference

CUSTOMER = "klinikum"


def write_workbook(path: Path, lines: int) -> None:
    """Write the file; the same number gives the same cells."""
    agreement = Reference(load_tables([sample_files.FOLDER / "reference"])).agreement(CUSTOMER)
    assert agreement is not None
    offers = [
        (entry.buyer_item, item.description, item.unit, int(item.order_multiple or 1) * 10)
        for entry in agreement.assortment.values()
        if entry.buyer_item is not None and (item := agreement.catalogue.item(entry.item)) is not None
    ]
    chance = random.Random(lines)
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Bestellung"
    for row in (
        ["Klinikum Ilmenhöhe gGmbH"],
        [],
        ["Bestellnummer:", f"K2026/{lines:06}"],
        ["Datum:", sample_files.AS_OF - timedelta(days=3)],
        [],
        ["Pos", "Materialnummer", "Bezeichnung", "Menge", "ME", "Preis je 100", "Liefertermin", "Lieferstelle"],
    ):
        sheet.append(row)
    for number in range(1, lines + 1):
        buyer_item, description, unit, quantity = offers[number % len(offers)]
        wanted = sample_files.AS_OF + timedelta(days=10)
        price = chance.randint(100, 40_000) / 100
        sheet.append([number * 10, buyer_item, description, quantity, unit, price, wanted, "ZL-01"])
    book.save(path)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("path", type=Path)
    arguments.add_argument("--lines", type=int, default=200)
    given = arguments.parse_args()
    write_workbook(given.path, given.lines)
