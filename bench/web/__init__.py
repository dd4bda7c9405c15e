"""Measures the dashboard: a large generated history, the pages' answers, bare queries beside."""
