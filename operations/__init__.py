"""What is asked of machines that run and what is done to them: status, forecast, installation, roll back, proof.

What a status means and what a plan is are pure functions of `operations.machine` and the calendar; Azure is asked only
in `operations.clients`, and the durable engine is known only in `operations.durable`.
"""
