"""Answering in a browser: the page's script and style, and the server that hands it out in the room."""
