"""Pulumi components that provision machines with hotpatch and Automatic VM Guest Patching right."""
