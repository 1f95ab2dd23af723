"""What the commands that patch machines share: options, planning, confirming, showing, following."""
