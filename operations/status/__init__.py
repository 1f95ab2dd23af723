"""The status of a machine: pure functions of `operations.machine`, the calendar and a moment."""
