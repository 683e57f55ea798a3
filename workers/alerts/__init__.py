"""How an alert is told: one file per kind of destination, behind one small interface."""
