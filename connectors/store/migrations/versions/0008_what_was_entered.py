"""What was entered is told by the outbox alone"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not as a batch: SQLite would copy the whole table, and every document in it.
    op.drop_column("purchase_order", "refused")


def downgrade() -> None:
    op.add_column("purchase_order", sa.Column("refused", sa.Boolean(), nullable=False, server_default=sa.false()))
    entered = "SELECT 1 FROM outbox WHERE outbox.order_id = purchase_order.id AND outbox.kind = 'erp'"
    op.execute(
        f"UPDATE purchase_order SET refused = (1 = 1) WHERE decision = 'rejected' AND NOT EXISTS ({entered})"  # noqa: S608
    )
