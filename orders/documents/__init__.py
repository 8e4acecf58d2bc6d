"""The documents of the trade as typed values, apart from how they came or go."""
