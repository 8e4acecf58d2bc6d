"""The steps of a file's journey as plain functions, the flows that run them, the one place that builds connectors."""
