"""Observability: counters of the web process, and metrics in Prometheus' format."""
