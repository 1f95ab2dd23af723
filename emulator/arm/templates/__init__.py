"""The emulator's own reading of ARM templates: from their text to the resources in their order and the outputs."""
