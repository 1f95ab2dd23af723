"""A maintenance configuration with its assignments: MaintenanceSchedule."""
