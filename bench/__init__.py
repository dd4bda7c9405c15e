"""Benchmarks: what the checker reaches, measured on material made here, beside the command."""
