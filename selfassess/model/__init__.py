"""The language: what everything else speaks. Imports nothing of the other rooms but errors."""
