"""What every connector must do, shown through its port against real servers."""
