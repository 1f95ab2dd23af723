"""What happens when the clock moves: Azure's own rollouts, customers' schedules, and guests that update themselves."""
