"""The outside world behind small ports: inboxes, outboxes, the archive, the order store, the ERP."""
