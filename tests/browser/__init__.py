"""The dashboard in a real browser: the server, the page and what must never happen on it."""
