"""What can go wrong outside, grouped by what the caller does about it.

ConnectorError
├── Unreachable   try again later: a server is down, a line was lost
├── Refused       stop: wrong key, no such folder, a document that the other side will not take
├── Unreadable    set aside: this one file cannot be had, and the next ones may
├── Unmovable     pass over: this one file cannot be moved, and the next ones may
└── Gone          skip: somebody else has taken it
"""


class ConnectorError(Exception):
    """Something outside did not work. The message says what, and how to mend it; it holds no secret."""


class Unreachable(ConnectorError):
    """The other side cannot be reached now; trying again may help."""


class Refused(ConnectorError):
    """The other side says no; trying again will not help before somebody has changed something."""


class Unreadable(ConnectorError):
    """This one file cannot be read, and trying again will not help before somebody has changed it."""


class Unmovable(ConnectorError):
    """This one file cannot be moved, and trying again will not help before somebody has changed something."""


class Gone(ConnectorError):
    """What was to be taken is not there any more; there is nothing to do."""
