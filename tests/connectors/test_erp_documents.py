"""The document of every sample order is, byte for byte, what an ERP that reads the folder has always got.

The documents beside this test are part of the contract with such an ERP: they are never written anew.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

import sample_files
from connectors.erp.file import FileErp
from connectors.reference_files import load_tables
from connectors.store.erp_work import key_of
from mappings.partner_folder import load_partners
from orders.checked import CheckedOrder
from orders.decision import Decision
from orders.documents.sales_order import sales_order
from orders.reference import Reference
from pipelines.books import Books
from pipelines.checkup import check_file
from pipelines.incoming import incoming
from pipelines.stamp_key import FixedKey

DOCUMENTS = Path(__file__).with_name("erp_documents")
PARTNERS = Path(__file__).parents[2] / "mappings" / "partners"


@pytest.fixture(scope="module")
def books() -> Books:
    reference = Reference(load_tables([sample_files.FOLDER / "reference"]))
    return Books(load_partners(PARTNERS).usable, reference, FixedKey(b"key"))


def documents_of(path: Path, books: Books, folder: Path) -> Iterator[tuple[str, bytes]]:
    """What the ERP gets for each order of a file, by the name of the document that is kept here."""
    customer = None if path.suffix == ".edi" else path.parent.name
    orders = check_file(incoming(path, customer=customer), books, sample_files.AS_OF).orders
    for number, order in enumerate(orders, start=1):
        if not order.sent.speaks_of_another and order.sent.po_number and order.customer and not order.test:
            kept = f"{path.parent.name}.{path.name}.{number}.json"
            delivered = order if order.deliverable else as_accepted(order)
            erp = FileErp(folder=folder / kept)
            erp.folder.mkdir()
            asked = sales_order(delivered)
            assert asked is not None
            reference = erp.create(asked, key_of(delivered))
            yield kept, (erp.folder / reference).read_bytes()


def as_accepted(order: CheckedOrder) -> CheckedOrder:
    """An order that waits or was rejected, as it would go once somebody has decided for it."""
    lines = tuple(line.model_copy(update={"decision": Decision.ACCEPTED}) for line in order.lines)
    return order.model_copy(update={"decision": Decision.ACCEPTED, "lines": lines})


@pytest.mark.parametrize("path", sample_files.order_files(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_document_has_the_bytes_that_it_always_had(path: Path, books: Books, tmp_path: Path) -> None:
    kept = {one.name: one.read_bytes() for one in DOCUMENTS.glob(f"{path.parent.name}.{path.name}.*.json")}
    assert dict(documents_of(path, books, tmp_path)) == kept


def test_every_kind_of_value_is_among_them() -> None:
    texts = [path.read_text("utf-8") for path in DOCUMENTS.iterdir()]
    assert len(texts) > 50
    for wanted in ('"schedules": [\n', '"note": "', '"parties": [\n', '"details": {', '"price": null', '"item": null'):
        assert [text for text in texts if wanted in text], wanted
