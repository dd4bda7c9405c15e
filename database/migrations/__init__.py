"""The database's history, one revision a file under `versions`, run by `results.store`."""
