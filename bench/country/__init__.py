"""A whole country of invented units on loopback, swept with one worker and with several."""
