"""What is known on this computer alone, beside what is released with the project."""
