"""The project file: what is kept of people's sittings and sheets, and what goes in and out of it."""
