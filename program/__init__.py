"""The program of a stack: reads its settings, makes the components, and gives the outputs."""
