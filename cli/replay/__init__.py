"""A stack brought up in an emulated Azure of the past, whose clock then runs through the record."""
