"""Scans asked for in the browser: their queue, the processes that carry them out, how they go."""
