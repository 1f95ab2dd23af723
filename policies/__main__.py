"""The program that Pulumi runs for `--policy-pack policies`."""

from azure_hotpatch.policies.serve import serve

serve()
