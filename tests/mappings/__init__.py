"""From structure to purchase orders: cell values, tables, EDIFACT messages, partner files, reference tables."""
