"""The review queue: which cases wait, what a person is shown, and what becomes of the answer."""
