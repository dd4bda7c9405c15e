"""The ministry's own papers: what they say is pure, how they look as DOCX stands beside it."""
