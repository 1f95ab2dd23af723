"""What the readers of Pulumi's and Terraform's resources raise."""


class Damaged(Exception):  # noqa: N818 - it is what the file is
    """A resource has a part in a form that the tool does not write; the message names it."""
