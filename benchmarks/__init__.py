"""Measurements, each beside the plain way of doing the same. Not installed, and no part of the tests."""
