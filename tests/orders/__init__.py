"""The domain: rules by their cases, decisions, prices, numbers, the list of findings."""
