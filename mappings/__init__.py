"""From located structure to purchase orders: the standard readings, and one YAML for each partner."""
