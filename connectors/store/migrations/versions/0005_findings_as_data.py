"""Findings are data: what was stored as a text stays, to the letter, as the one parameter of a case of its own"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_AT_ONCE = 500
_FINDING = sa.table("finding", sa.column("id", sa.Integer), sa.column("document", sa.Text))
_ORDER = sa.table("purchase_order", sa.column("id", sa.Integer), sa.column("document", sa.Text))


def upgrade() -> None:
    _rewrite(_FINDING, _as_data)
    _rewrite(_ORDER, lambda order: {**order, "findings": [_as_data(one) for one in order.get("findings", ())]})


def downgrade() -> None:
    raise RuntimeError("Findings that are data have no text to go back to; restore the database from a backup.")


def _rewrite(table: sa.TableClause, renewed: Any) -> None:
    """Renew every document, so many at a time: a store may have more of them than memory holds."""
    connection, last = op.get_bind(), 0
    change = sa.update(table).where(table.c.id == sa.bindparam("of_id")).values(document=sa.bindparam("new_document"))
    while True:
        query = sa.select(table.c.id, table.c.document).where(table.c.id > last).order_by(table.c.id).limit(_AT_ONCE)
        rows = connection.execute(query).all()
        if not rows:
            return
        last = rows[-1].id
        found = [(row.id, json.loads(row.document)) for row in rows]
        written = [
            {"of_id": number, "new_document": json.dumps(renewed(content), ensure_ascii=False, separators=(",", ":"))}
            for number, content in found
        ]
        connection.execute(change, written)


def _as_data(finding: dict[str, Any]) -> dict[str, Any]:
    content = dict(finding)
    text = content.pop("message", None)
    if text is None:
        return content
    return {"code": content.pop("code"), "case": "as_stored", "params": {"text": text}, **content}
