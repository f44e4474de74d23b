"""The commands about a round: `selfassess round …`."""
