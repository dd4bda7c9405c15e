"""The evidence archive: dated, hashed copies of what verdicts rest on, in a chained manifest."""
