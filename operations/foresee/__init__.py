"""The future and the past of a fleet: calendar files, forecasts of restarts, and a stack run through the record."""
