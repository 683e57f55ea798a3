"""Reading: from the bytes of a page and its feed entry to the story that topics are matched on."""
