"""A sequence for each order in the outbox"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("act", sa.String(length=8), nullable=True))
        batch_op.add_column(sa.Column("erp_order", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("sequence", sa.Integer(), nullable=True))

    # Until now an order could only be created, each under a key of its own.
    outbox = sa.table("outbox", *(sa.column(name) for name in ("kind", "key", "act", "erp_order", "sequence")))
    created = {"act": "create", "erp_order": outbox.c.key, "sequence": 1}
    op.execute(outbox.update().where(outbox.c.kind == "erp").values(created))

    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_unique_constraint("uq_outbox_erp_order_sequence", ["erp_order", "sequence"])


def downgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_constraint("uq_outbox_erp_order_sequence", type_="unique")
        batch_op.drop_column("sequence")
        batch_op.drop_column("erp_order")
        batch_op.drop_column("act")
