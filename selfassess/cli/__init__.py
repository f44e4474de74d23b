"""The front door: commands, the one error boundary, all of stderr and the exit codes."""
