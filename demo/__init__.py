"""A demonstration ministry: invented units, their websites, and what an assessor would say."""
