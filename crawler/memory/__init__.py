"""What a crawl remembers: addresses visited, answers received, documents read."""
