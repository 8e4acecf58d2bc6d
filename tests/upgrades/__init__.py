"""Stores that earlier builds wrote, opened with this one: nothing that was decided, owed or said is lost by an upgrade."""
