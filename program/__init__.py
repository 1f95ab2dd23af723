"""The program of a stack: from its settings to components and outputs."""
