"""The counting room: from answers to figures. Pure, and the same for one sheet and for a million."""
