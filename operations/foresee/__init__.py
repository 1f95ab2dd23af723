"""What is to come and what has been: the calendar for others to read, forecasts, and a stack's life in the record."""
