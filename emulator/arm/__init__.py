"""An ARM server that behaves as Azure does for the resources of a Windows fleet."""
