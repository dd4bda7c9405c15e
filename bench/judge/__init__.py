"""How fast the judge is: made-up documents, judged for all items, beside a bare search."""
