"""Facts of Azure and Windows Server: what is allowed, and the reasons where something is not."""
