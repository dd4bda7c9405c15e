"""What `oit` does by itself: jobs as data, when they are due, and the loop that runs them."""
