"""ERPs, each a module behind the port ``Erp``."""
