"""Makes the pages that come with the benchmark: our own stories, in the shapes that outlets give theirs."""
