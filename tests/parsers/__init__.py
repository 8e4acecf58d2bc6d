"""Bytes to located structure: interchanges, messages, tables, kinds of file."""
