"""The pages that a running checker shows: its health, its figures for Prometheus, a front page."""
