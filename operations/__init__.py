"""Patch operations on running machines: status, forecast, installation, rollback, evidence.

Statuses and plans are pure functions of `operations.machine` and the calendar; only `operations.clients` calls Azure,
and only `operations.durable` uses the durable engine.
"""
