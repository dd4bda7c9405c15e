"""Evidence shown safely: archived pages rebuilt, the quote marked in them, versions compared."""
