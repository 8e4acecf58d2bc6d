"""What customers call each field in a header, in English, German, French, Spanish, Italian and Dutch."""

import re
import unicodedata
from collections.abc import Iterator

from mappings.layout import ColumnField, header_key
from orders.location import Field

WORDS: dict[ColumnField, tuple[str, ...]] = {
    "po_number": (
        "PO number", "PO", "PO no", "Purchase order", "Purchase order number", "Order number", "Order no", "Order",
        "Your order", "Bestellnummer", "Bestell-Nr", "Bestellung", "Auftragsnummer", "Auftrag", "Bestelldokument",
        "Numéro de commande", "N° commande", "N° de commande", "No commande", "Commande", "Bon de commande",
        "Número de pedido", "N.º de pedido", "Pedido", "Nº pedido", "Orden de compra",
        "Numero ordine", "N. ordine", "Ordine n.", "Ordine", "Ordine di acquisto",
        "Bestelnummer", "Bestelnr", "Ordernummer", "Ordernr", "Bestelling", "Inkooporder", "Inkoopordernummer",
    ),
    "order_date": (
        "Order date", "Date", "PO date", "Date of order", "Bestelldatum", "Datum", "Auftragsdatum",
        "Date de commande", "Fecha", "Fecha de pedido", "Fecha del pedido",
        "Data ordine", "Data", "Data dell'ordine", "Besteldatum", "Orderdatum",
    ),
    "requested_date": (
        "Requested date", "Delivery date", "Requested delivery date", "Due date", "Deliver on", "Required date",
        "Liefertermin", "Lieferdatum", "Wunschtermin", "Date de livraison", "Livraison le", "Date souhaitée",
        "Livraison souhaitée", "Fecha de entrega", "Entrega",
        "Data di consegna", "Data consegna", "Consegna", "Consegna richiesta",
        "Leverdatum", "Gewenste leverdatum", "Afleverdatum", "Levering",
    ),
    "currency": ("Currency", "Währung", "Devise", "Monnaie", "Moneda", "Valuta", "Divisa", "Munt"),
    "ship_to": (
        "Ship to", "Ship-to", "Deliver to", "Delivery address", "Delivery place", "Location", "Store", "Branch",
        "Lieferadresse", "Lieferort", "Lieferstelle", "Filiale", "Markt", "Standort",
        "Lieu de livraison", "Adresse de livraison", "Livrer à", "Magasin", "Site", "Dépôt",
        "Lugar de entrega", "Dirección de entrega", "Tienda", "Almacén",
        "Destinazione", "Luogo di consegna", "Indirizzo di consegna", "Punto vendita", "Negozio",
        "Afleveradres", "Leveradres", "Vestiging", "Filiaal", "Winkel", "Locatie",
    ),
    "line": (
        "Line", "Line no", "Line number", "Pos", "Position", "No", "Nr", "Zeile", "Ligne", "N°", "Línea", "Riga",
        "Regel", "Regelnr", "Volgnr", "#",
    ),
    "gtin": (
        "GTIN", "EAN", "EAN code", "EAN13", "Barcode", "UPC", "Strichcode", "Code-barres", "Code EAN", "Gencod",
        "Código de barras", "Código EAN", "Codice a barre", "Codice EAN", "Streepjescode", "EAN-nummer",
    ),
    "buyer_item": (
        "SKU", "Item", "Item number", "Item no", "Item code", "Product", "Product code", "Product number", "Product id",
        "Article", "Article number", "Part number", "Part no", "Material", "Material number", "Your item", "Code",
        "Our number", "Our reference", "Artikel", "Artikelnummer", "Artikel-Nr", "Art.-Nr.", "Art Nr", "Materialnummer",
        "Teilenummer", "Unsere Nummer", "Référence", "Réf", "Code article", "Notre référence", "Réf. interne",
        "Artículo", "Referencia", "Ref", "Código", "Código artículo", "Nuestra referencia",
        "Articolo", "Codice", "Codice articolo", "Cod. art.", "Cod.", "Nostro codice",
        "Artikelnr", "Art.nr.", "Artikelcode", "Ons artikelnummer", "Productcode",
    ),
    "item": (
        "Our item", "Supplier item", "Supplier part number", "Supplier item number", "Vendor item", "Vendor code",
        "Lieferantenartikelnummer", "Lieferanten-Nr", "Ihre Artikelnummer", "Hersteller-Nr",
        "Référence fournisseur", "Réf. fournisseur", "Votre référence", "Referencia proveedor", "Ref. proveedor",
        "Codice fornitore", "Cod. fornitore", "Vostro codice", "Artikelnummer leverancier", "Uw artikelnummer",
        "Artikelnr. leverancier", "Leveranciersnummer",
    ),
    "description": (
        "Description", "Item description", "Product description", "Product name", "Name", "Bezeichnung",
        "Artikelbezeichnung", "Beschreibung", "Text", "Désignation", "Libellé", "Descripción", "Denominación",
        "Descrizione", "Denominazione", "Omschrijving", "Artikelomschrijving", "Benaming",
    ),
    "quantity": (
        "Quantity", "Qty", "Order quantity", "Order qty", "Ordered", "Menge", "Anzahl", "Bestellmenge", "Stückzahl",
        "Quantité", "Qté", "Quantité commandée", "Nombre", "Cantidad", "Cant", "Cantidad pedida", "Unidades",
        "Quantità", "Qta", "Q.tà", "Quantità ordinata", "Pezzi",
        "Aantal", "Hoeveelheid", "Besteld", "Te leveren", "Bestelaantal",
    ),
    "unit": (
        "Unit", "UOM", "Unit of measure", "Einheit", "ME", "Mengeneinheit", "Unité", "Unité de vente", "UV",
        "Unidad", "Unidad de medida", "UM", "Unità", "U.M.", "Unità di misura", "Eenheid", "Verpakking", "Eenh.",
    ),
    "unit_price": (
        "Unit price", "Price", "Net price", "Price each", "Preis", "Einzelpreis", "Nettopreis", "Stückpreis",
        "Prix", "Prix unitaire", "PU", "P.U.", "Prix net", "PU HT", "Prix unitaire HT",
        "Precio", "Precio unitario", "Precio neto", "Prezzo", "Prezzo unitario", "Prezzo netto", "Prezzo un.",
        "Prijs", "Stuksprijs", "Nettoprijs", "Eenheidsprijs", "Prijs per stuk",
    ),
    "price_basis": ("Price basis", "Price per", "Price unit", "Preiseinheit", "PE", "Prijs per", "Prezzo per"),
    "amount": (
        "Amount", "Line total", "Total price", "Total", "Gesamtpreis", "Betrag", "Gesamt", "Montant", "Montant HT",
        "Total HT", "Importe", "Importo", "Totale", "Bedrag", "Regelbedrag", "Totaal",
    ),
    "note": (
        "Note", "Notes", "Remark", "Remarks", "Comment", "Bemerkung", "Notiz", "Hinweis", "Remarque", "Commentaire",
        "Nota", "Observaciones", "Annotazioni", "Opmerking", "Opmerkingen",
    ),
}  # fmt: skip
"""Words for each field; a word may stand for several, and then the content of the column decides."""

_ITEM_NUMBERS = (Field.BUYER_ITEM, Field.ITEM, Field.GTIN)
EXACT, ANY_NUMBER, PARTLY = 100, 70, 60
"""How much a header says: it is a word for the field, a word for any kind of item number, or has such a word in it."""


def header_scores(text: str) -> dict[Field, int]:
    """The fields that a header speaks of, each with how much it says."""
    found: dict[Field, int] = {}
    key = header_key(text)
    for field in _EXACT.get(key, ()):
        found[field] = EXACT
    if not found:
        words = _tokens(text)
        parts = [part for part in _parts(words) if part in _EXACT and len(part) > 2]
        # "Data consegna richiesta" is about the delivery, although "Data" alone is the date of the order.
        longest = max((len(part) for part in parts), default=0)
        for part in parts:
            if len(part) == longest:
                found.update({field: PARTLY for field in _EXACT[part]})
    if Field.BUYER_ITEM in found:
        for field in _ITEM_NUMBERS:
            found.setdefault(field, min(ANY_NUMBER, found[Field.BUYER_ITEM]))
    return found


def _tokens(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return [word for word in re.split(r"[^\w]+", folded) if word][:12]


def _parts(words: list[str]) -> Iterator[str]:
    for first in range(len(words)):
        for last in range(first + 1, len(words) + 1):
            yield "".join(words[first:last])


def _fields_by_key() -> dict[str, tuple[Field, ...]]:
    found: dict[str, tuple[Field, ...]] = {}
    for field, words in WORDS.items():
        for word in words:
            key = header_key(word)
            found[key] = (*found.get(key, ()), *(() if Field(field) in found.get(key, ()) else (Field(field),)))
    return found


_EXACT = _fields_by_key()
