"""WebSub: being told by hubs instead of asking."""
