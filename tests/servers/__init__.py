"""Real servers for the tests. Each listens on the loopback address only and ends with its context."""
