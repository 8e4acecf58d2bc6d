"""Propose a layout for a table never seen, by the words of its header in six languages.

A proposal is shown and waits for a person: no order is taken on it.
"""

from dataclasses import dataclass, field

from mappings.layout import ColumnField, Layout
from mappings.table_header import find_header
from orders.findings import Finding, finding
from parsers.tables.table import TableFile

WORDS: dict[ColumnField, tuple[str, ...]] = {
    "po_number": (
        "PO number", "PO", "PO no", "Purchase order", "Purchase order number", "Order number", "Order no", "Order",
        "Bestellnummer", "Bestell-Nr", "Bestellung", "Auftragsnummer", "Numéro de commande", "N° commande", "Commande",
        "Número de pedido", "Pedido", "Numero ordine", "Ordine", "Bestelnummer", "Ordernummer",
    ),
    "order_date": (
        "Order date", "Date", "PO date", "Bestelldatum", "Datum", "Date de commande", "Fecha", "Fecha de pedido",
        "Data ordine", "Data", "Besteldatum",
    ),
    "requested_date": (
        "Requested date", "Delivery date", "Requested delivery date", "Due date", "Liefertermin", "Lieferdatum",
        "Wunschtermin", "Date de livraison", "Fecha de entrega", "Data di consegna", "Leverdatum",
    ),
    "currency": ("Currency", "Währung", "Devise", "Moneda", "Valuta", "Divisa"),
    "ship_to": (
        "Ship to", "Ship-to", "Delivery address", "Location", "Store", "Lieferadresse", "Lieferort", "Lieferstelle",
        "Filiale", "Lieu de livraison", "Lugar de entrega", "Destinazione", "Afleveradres",
    ),
    "line": ("Line", "Line no", "Line number", "Pos", "Position", "No", "Nr", "Ligne", "Línea", "Riga", "Regel"),
    "gtin": ("GTIN", "EAN", "EAN code", "EAN13", "Barcode", "UPC", "Strichcode", "Code-barres", "Código de barras"),
    "buyer_item": (
        "SKU", "Item", "Item number", "Item no", "Item code", "Product", "Product code", "Product number", "Product id",
        "Article", "Article number", "Part number", "Part no", "Material", "Material number", "Your item", "Code",
        "Artikel", "Artikelnummer", "Artikel-Nr", "Art.-Nr.", "Art Nr", "Materialnummer", "Teilenummer",
        "Référence", "Réf", "Code article", "Artículo", "Referencia", "Código", "Articolo", "Codice", "Codice articolo",
    ),
    "item": ("Our item", "Supplier item", "Supplier part number", "Vendor item", "Lieferantenartikelnummer"),
    "description": (
        "Description", "Item description", "Product description", "Product name", "Name", "Bezeichnung", "Beschreibung",
        "Désignation", "Descripción", "Descrizione", "Omschrijving",
    ),
    "quantity": (
        "Quantity", "Qty", "Order quantity", "Order qty", "Ordered", "Menge", "Anzahl", "Bestellmenge", "Stückzahl",
        "Quantité", "Qté", "Cantidad", "Cant", "Quantità", "Qta", "Aantal", "Hoeveelheid",
    ),
    "unit": ("Unit", "UOM", "Unit of measure", "Einheit", "ME", "Mengeneinheit", "Unité", "Unidad", "Unità", "Eenheid"),
    "unit_price": (
        "Unit price", "Price", "Net price", "Price each", "Preis", "Einzelpreis", "Nettopreis", "Stückpreis",
        "Prix", "Prix unitaire", "Precio", "Precio unitario", "Prezzo", "Prezzo unitario", "Prijs",
    ),
    "price_basis": ("Price basis", "Price per", "Price unit", "Preiseinheit", "PE"),
    "amount": (
        "Amount", "Line total", "Total price", "Gesamtpreis", "Betrag", "Montant", "Importe", "Importo", "Bedrag",
    ),
    "note": ("Note", "Notes", "Remark", "Remarks", "Comment", "Bemerkung", "Notiz", "Remarque", "Nota", "Opmerking"),
}  # fmt: skip
"""Words for each field in English, German, French, Spanish, Italian and Dutch."""


@dataclass(slots=True)
class Proposal:
    """A layout that would fit, or None, with what is to be said about it."""

    layout: Layout | None
    findings: list[Finding] = field(default_factory=list)


def propose(file: TableFile) -> Proposal:
    """The layout that the headers suggest; LAY001 where no row looks like the header of order lines."""
    layout = Layout(columns=WORDS, cells=_beside(), confirmed=False)
    for table in file.tables:
        header = None if table.hidden else find_header(table, layout)
        if header is None or not header.complete:
            continue
        named = ", ".join(
            f"{header.last.cells[column].text.strip()} = {one.value.replace('_', ' ')}"
            for one, column in sorted(header.columns.items(), key=lambda pair: pair[1])
        )
        words = f"No layout is agreed for this file. Row {header.last.number} was read as the header: {named}."
        place = table.location(header.last.number)
        return Proposal(layout, [finding("LAY002", words, location=place)])
    words = "No table of order lines was found. There must be a header row, with item numbers and quantities below."
    return Proposal(None, [finding("LAY001", words)])


def _beside() -> dict[ColumnField, tuple[str, ...]]:
    header_fields: tuple[ColumnField, ...] = ("po_number", "order_date", "requested_date", "currency", "ship_to")
    return {name: WORDS[name] for name in header_fields}
