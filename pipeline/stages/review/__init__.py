"""Review: what goes out to reviewers, what comes back, and what people decide.

`send` makes what a reviewer gets, `receive` takes in what comes back through the one three-way `merge`, `decide`
holds everything a person decides by name.
"""
