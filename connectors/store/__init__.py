"""The order store: receipts, orders, findings, the outbox and the audit trail, on SQLite or PostgreSQL."""
