"""Tests: they need no network; what they talk to they start themselves, on this machine alone."""
