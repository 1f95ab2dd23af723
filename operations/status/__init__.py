"""What a machine's status means: pure functions of `operations.machine`, the calendar and a moment."""
