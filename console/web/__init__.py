"""The web part: what hubs, and later people, reach over HTTP."""
