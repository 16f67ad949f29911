"""The pages of events, plans, agreements and the calendar."""
