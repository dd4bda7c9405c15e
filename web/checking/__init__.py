"""Self-checks as the pages run them: a queue, a process for each, results that are forgotten."""
