"""From bytes to located structure: interchanges and messages, tables of cells. Knows no partner and no order."""
