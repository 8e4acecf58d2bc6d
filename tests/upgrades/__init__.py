"""Stores that earlier builds wrote, opened with this one: an upgrade loses nothing that was decided, owed or said."""
