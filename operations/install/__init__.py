"""What installing updates now means: the order, the rings, the plan, what may start when, and what came of it."""
