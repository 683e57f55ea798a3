"""From a feed's document to its entries."""
