"""The layout finder: what it proposes for a table never seen, on which evidence, and where it has doubts."""

from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import sample_files
from connectors.reference_files import load_tables
from mappings.layout import Layout
from mappings.layout_finder import Proposal, propose
from mappings.layout_text import partner_text
from mappings.partner_file import Partner, load_partner
from mappings.table_orders import map_tables
from orders.catalogue import Item
from orders.findings import Statement
from orders.findings.layouts import (
    LAY016_COLUMNS_ALIKE,
    LAY016_FEW_KNOWN_ITEMS,
    LAY016_NO_HEADER,
    LAY016_NO_ORDER_NUMBER,
    LAY016_SAME_HEADER,
    LAY016_WEAK_QUANTITY,
    ColumnAsField,
    ColumnPercent,
    ColumnsAlike,
    ColumnTwins,
    Doubts,
    KnownOf,
)
from orders.location import Field
from orders.purchase_order import PurchaseOrder
from orders.reference import Agreement, Reference
from parsers.limits import DEFAULT
from parsers.tables.delimited import read_delimited
from parsers.tables.table import TableFile
from replies.wording.language import language

SHOP = Partner(partner="lindenladen", name="Lindenladen Köster e. K.")

NO_ORDER_NUMBER = LAY016_NO_ORDER_NUMBER()


@cache
def shop() -> Agreement:
    """What is agreed with a customer of the sample seller, who has numbers of its own for some items."""
    agreement = Reference(load_tables([sample_files.FOLDER / "reference"])).agreement("lindenladen")
    assert agreement is not None
    return agreement


def quantity(item: Item) -> Decimal:
    return max(item.min_quantity or Decimal(1), item.order_multiple or Decimal(1))


@cache
def rows() -> tuple[dict[str, str], ...]:
    """Twelve right lines, with every value that a column could hold."""
    found = []
    for item in filter(None, map(shop().catalogue.item, shop().assortment)):
        prices = [one for one in shop().price_rows(item) if one.valid_on(sample_files.AS_OF)]
        if not prices or prices[0].basis != 1 or item.gtin is None or item.pack_unit is None:
            continue
        number = len(found) + 1
        found.append({
            "line": str(number), "item": item.item, "gtin": item.gtin, "description": item.description,
            "quantity": str(quantity(item)), "unit": item.unit, "unit_price": f"{prices[0].price:f}".replace(".", ","),
            "requested_date": f"{18 + number % 10}.11.2026", "ship_to": "MITTE", "stock": "3", "po_number": "P-7",
        })  # fmt: skip
    return tuple(found[:12])


def file(headers: dict[str, str], above: str = "") -> TableFile:
    """The lines with these columns, named so."""
    body = [";".join(headers.values()), *(";".join(row[name] for name in headers) for row in rows())]
    return read_delimited((above + "\n".join(body) + "\n").encode(), DEFAULT)


def fields(proposal: Proposal) -> dict[str, str]:
    """The field of each header."""
    assert proposal.layout is not None
    return {words[0]: name for name, words in proposal.layout.columns.items()}


def codes(proposal: Proposal) -> list[str]:
    return [one.code for one in proposal.findings]


UNKNOWN_WORDS = {
    "item": "Wert 1", "gtin": "Wert 2", "description": "Wert 3", "quantity": "Wert 4", "unit": "Wert 5",
    "unit_price": "Wert 6", "ship_to": "Wert 7", "requested_date": "Liefern am",
}  # fmt: skip


def test_content_tells_what_headers_do_not() -> None:
    proposal = propose(file({name: word for name, word in UNKNOWN_WORDS.items() if name != "requested_date"}), shop())
    assert {word: name for word, name in fields(proposal).items()} == {
        word: name for name, word in UNKNOWN_WORDS.items() if name != "requested_date"
    }
    assert proposal.evidence is not None
    told = proposal.evidence.choice.of(Field.ITEM)
    assert told is not None and told.chosen is not None
    assert told.chosen.reasons == ("100 % of 12 values are our item numbers",)
    weak = LAY016_WEAK_QUANTITY(ColumnPercent(column="D", percent=55))
    assert proposal.evidence.doubts == (weak, NO_ORDER_NUMBER)
    assert codes(proposal) == ["LAY002", "LAY016"]
    assert proposal.findings[1].params == Doubts(doubts=(weak, NO_ORDER_NUMBER))
    assert language("en").message(proposal.findings[1]) == (
        "Column D is the quantity with 55 % only. Neither a column nor a cell above is the order number."
    )


def test_a_clear_case_leaves_no_doubt() -> None:
    headers = {"item": "Artikel", "quantity": "Menge", "unit": "Einheit", "unit_price": "Preis", "po_number": "Auftrag"}
    proposal = propose(file(headers), shop())
    assert (proposal.doubts, codes(proposal)) == ((), ["LAY002"])
    assert proposal.layout is not None and not proposal.layout.confirmed
    assert proposal.layout.notation.decimal_mark == ","
    assert proposal.layout.defaults.currency == "EUR"


@pytest.mark.parametrize(
    ("headers", "doubt"),
    [
        ({"item": "Artikel", "quantity": "Soll", "stock": "Ist"}, None),
        (
            {"item": "Artikel", "quantity": "Menge", "unit": "Menge"},
            LAY016_SAME_HEADER(ColumnTwins(first="B", others=("C",))),
        ),
        (
            {"item": "Artikel", "unit": "Einheit", "quantity": ""},
            LAY016_NO_HEADER(ColumnAsField(column="C", field=Field.QUANTITY)),
        ),
        (
            {"quantity": "Menge", "item": "Artikel", "gtin": "Artikel"},
            LAY016_SAME_HEADER(ColumnTwins(first="B", others=("C",))),
        ),
    ],
)
def test_what_is_not_clear_is_said(headers: dict[str, str], doubt: Statement | None) -> None:
    proposal = propose(file(headers), shop())
    assert "LAY016" in codes(proposal)
    assert doubt is None or doubt in proposal.doubts


def test_two_columns_that_fit_alike_are_named() -> None:
    text = "Artikel;Jetzt;Dann\n" + "".join(f"{row['item']};{row['quantity']};{row['quantity']}\n" for row in rows())
    proposal = propose(read_delimited(text.encode(), DEFAULT), shop())
    alike = ColumnsAlike(first="B", second="C", field=Field.QUANTITY, one=55, other=55)
    assert LAY016_COLUMNS_ALIKE(alike) in proposal.doubts
    assert "LAY016" in codes(proposal)


def test_numbers_that_nobody_knows_leave_a_doubt() -> None:
    text = "Artikel;Menge\n" + "".join(f"X-{number};5\n" for number in range(8)) + f"{rows()[0]['item']};5\n"
    proposal = propose(read_delimited(text.encode(), DEFAULT), shop())
    assert LAY016_FEW_KNOWN_ITEMS(KnownOf(some=1, all=9)) in proposal.doubts


@pytest.mark.parametrize(
    "header",
    [
        "PO number;Item code;EAN;Description;Qty;Unit price",
        "Bestellnummer;Art.-Nr.;Strichcode;Bezeichnung;Menge;Einzelpreis",
        "N° commande;Référence;Code-barres;Désignation;Quantité;Prix unitaire",
        "Nº pedido;Código artículo;Código de barras;Descripción;Cantidad;Precio unitario",
        "N. ordine;Cod. art.;Codice EAN;Descrizione;Q.tà;Prezzo unitario",
        "Bestelnr;Artikelnr;Streepjescode;Omschrijving;Aantal;Stuksprijs",
    ],
)
def test_headers_are_read_in_six_languages(header: str) -> None:
    file = read_delimited(f"letterhead;;;;;\n{header}\nP-7;X-1;Y;Besen;7;2.40\n".encode(), DEFAULT)
    proposal = propose(file)
    assert list(fields(proposal).values()) == [
        "po_number", "buyer_item", "gtin", "description", "quantity", "unit_price",
    ]  # fmt: skip
    assert proposal.layout is not None
    (one,) = map_tables(file, proposal.layout).orders
    assert (one.order.po_number, one.order.lines[0].buyer_item, one.order.lines[0].quantity) == ("P-7", "X-1", 7)
    assert codes(proposal) == ["LAY002", "LAY016"]  # of a customer nobody knows there is never enough evidence


@pytest.mark.parametrize("text", ["Name;Town\nA;B\n", "", "1;2;3\n4;5;6\n", "Artikel;Farbe\nHM-10012;rot\n"])
def test_what_is_no_order_is_declined(text: str) -> None:
    proposal = propose(read_delimited(text.encode(), DEFAULT), shop())
    assert (proposal.layout, codes(proposal)) == (None, ["LAY001"])


def test_cells_above_the_table_are_found_by_their_labels_and_by_their_content() -> None:
    above = "Ordine n.;4711;;\nData consegna;30.11.2026;;\nSpedire;SUED;;\nBestellung;;;\n"
    proposal = propose(file({"item": "Artikel", "quantity": "Menge"}, above), shop())
    assert proposal.layout is not None
    assert proposal.layout.cells == {
        "po_number": ("Ordine n.",),
        "requested_date": ("Data consegna",),
        "ship_to": ("Spedire",),
    }
    assert proposal.layout.notation.dates == "dmy"


def test_a_matrix_by_place_and_one_by_day_are_found() -> None:
    lines = [f"{row['item']};{row['quantity']};{row['quantity']}" for row in rows()]
    places = propose(read_delimited("\n".join(["Artikel;MITTE;Südstraße", *lines]).encode(), DEFAULT), shop())
    assert places.layout is not None and places.layout.matrix is not None
    assert places.layout.matrix.places == {"MITTE": "MITTE", "Südstraße": "SUED"}
    assert places.doubts == (NO_ORDER_NUMBER,)
    days = propose(read_delimited("\n".join(["Artikel;23.11.2026;30.11.2026", *lines]).encode(), DEFAULT), shop())
    assert days.layout is not None and days.layout.matrix is not None
    assert (days.layout.matrix.by, days.layout.notation.dates) == ("requested_date", "dmy")


def test_prices_for_a_hundred_and_words_for_units_are_told_by_the_catalogue() -> None:
    lines = []
    for number, row in enumerate(rows()):
        price = Decimal(row["unit_price"].replace(",", ".")) * 100
        told = f"Teil;{price}" if number % 4 else f"Gebinde;{price * 7}"
        lines.append(f"{row['item']};{row['quantity']};{told}")
    proposal = propose(read_delimited("\n".join(["Artikel;Menge;Einheit;Preis", *lines]).encode(), DEFAULT), shop())
    assert proposal.layout is not None and proposal.evidence is not None
    assert proposal.layout.defaults.price_basis == 100
    assert proposal.layout.units == {"Teil": "PCE"}
    assert proposal.evidence.open_units == ["Gebinde"]


HEADERS = {
    "item": ["Our item", "Ihre Artikelnummer", "Réf. fournisseur", "Ref. proveedor", "Vostro codice", "Uw nummer"],
    "quantity": ["Qty", "Menge", "Qté", "Cantidad", "Q.tà", "Aantal"],
    "unit": ["UOM", "Einheit", "Unité", "Unidad", "U.M.", "Eenheid"],
    "unit_price": ["Price", "Einzelpreis", "Prix net", "Precio", "Prezzo", "Prijs"],
    "description": ["Name", "Bezeichnung", "Désignation", "Descripción", "Descrizione", "Omschrijving"],
    "requested_date": ["Delivery date", "Liefertermin", "Livraison le", "Fecha de entrega", "Consegna", "Leverdatum"],
    "po_number": ["PO no", "Auftrag", "Commande", "Pedido", "Ordine", "Bestelbon nr Ordernr"],
    "stock": ["Shelf", "Regal", "Rayon", "Estante", "Scaffale", "Schap"],
}  # fmt: skip


def read(headers: dict[str, str]) -> PurchaseOrder:
    """The order by the proposal for the lines under these headers."""
    one = file(headers)
    layout = propose(one, shop()).layout
    assert layout is not None
    (mapped,) = map_tables(one, layout).orders
    return mapped.order


@given(st.integers(0, 5), st.permutations(list(HEADERS)))
@settings(max_examples=30, deadline=None)
def test_neither_the_language_nor_the_order_of_columns_changes_the_order(language: int, names: list[str]) -> None:
    usual = read({name: words[0] for name, words in HEADERS.items()})
    assert read({name: HEADERS[name][language] for name in names}) == usual
    assert [line.item for line in usual.lines] == [row["item"] for row in rows()]


def confirmed(proposal: Proposal, folder: Path) -> Layout:
    """The layout as it comes back from the file that was written for a person."""
    assert proposal.layout is not None and proposal.evidence is not None
    path = folder / "partner.yaml"
    path.write_text(partner_text(SHOP, proposal.layout, proposal.evidence, "file.csv", language("en").message), "utf-8")
    layout = load_partner(path).layout
    assert layout is not None and not layout.confirmed
    return layout


def plain(layout: Layout) -> dict[str, Any]:
    return layout.model_dump(mode="json", exclude={"ignore"})


def test_the_written_file_says_what_was_proposed(tmp_path: Path) -> None:
    proposal = propose(file({name: words[1] for name, words in HEADERS.items()}, "Filiale;SUED\n"), shop())
    assert proposal.layout is not None
    layout = confirmed(proposal, tmp_path)
    assert plain(layout) == plain(proposal.layout)
    assert layout.ignore == ("Regal",)


@given(st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
@settings(max_examples=60, deadline=None)
def test_no_header_breaks_out_of_the_written_file(first: str, second: str) -> None:
    one = file({"item": "Artikel", "quantity": "Menge", "stock": "Regal"})
    head = one.tables[0].rows[0].cells
    head[1], head[3] = head[1]._replace(text=f"Artikel {first}"), head[3]._replace(text=second)
    proposal = propose(one, shop())
    assume(proposal.layout is not None)
    assert proposal.layout is not None
    with TemporaryDirectory() as folder:
        assert plain(confirmed(proposal, Path(folder))) == plain(proposal.layout)
