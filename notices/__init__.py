"""Tells the people who must act what happened to their items: once, by mail, LINE and webhook."""
