"""How well Thai documents are read: files made with a known text, read, and compared with it."""
