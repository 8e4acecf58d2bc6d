"""The command, through the same door as the shell."""
