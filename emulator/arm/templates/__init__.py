"""The emulator's own implementation of ARM templates: from their text to the ordered resources and the outputs."""
