"""Decisions and findings as documents for the sender, each in the form in which the sender wrote."""
