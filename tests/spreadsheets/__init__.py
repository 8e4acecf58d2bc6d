"""Spreadsheet orders of every kind: the hazards, the same order in all formats, and the files of other projects."""
