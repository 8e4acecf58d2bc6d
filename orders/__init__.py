"""The domain of ordermill: purchase orders, findings, catalogue, prices, rules and decisions. Pure: no files, no clock."""
