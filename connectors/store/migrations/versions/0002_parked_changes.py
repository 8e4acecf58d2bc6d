"""Changes that came before their order"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "parked_change",
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("customer", sa.String(length=64), nullable=False),
        sa.Column("number_key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["purchase_order.id"], name=op.f("fk_parked_change_order_id")),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_parked_change")),
    )
    with op.batch_alter_table("parked_change", schema=None) as batch_op:
        batch_op.create_index("ix_parked_change_customer_number_key", ["customer", "number_key"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("parked_change", schema=None) as batch_op:
        batch_op.drop_index("ix_parked_change_customer_number_key")

    op.drop_table("parked_change")
