"""The domain of ordermill: purchase orders, findings, catalogue, prices, rules, decisions. Pure: no files, no clock."""
