"""The ``ordermill`` command. Imports are lazy: the help must come in less than half a second."""
