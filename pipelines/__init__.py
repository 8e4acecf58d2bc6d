"""The steps of a file's journey as plain functions, the flows that run them, and the one place that builds connectors."""
