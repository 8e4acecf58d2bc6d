"""What was entered is told by the outbox alone, which is found by its receipt"""

import sqlalchemy as sa
from alembic import op

revision = "0004_fingerprint"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_outbox_receipt_id", "outbox", ["receipt_id"], unique=False)
    # Not as a batch: SQLite would copy the whole table, and every document in it.
    op.drop_column("purchase_order", "refused")


def downgrade() -> None:
    op.add_column("purchase_order", sa.Column("refused", sa.Boolean(), nullable=False, server_default=sa.false()))
    entered = "SELECT 1 FROM outbox WHERE outbox.order_id = purchase_order.id AND outbox.kind = 'erp'"
    op.execute(
        f"UPDATE purchase_order SET refused = (1 = 1) WHERE decision = 'rejected' AND NOT EXISTS ({entered})"  # noqa: S608
    )
    op.drop_index("ix_outbox_receipt_id", table_name="outbox")
