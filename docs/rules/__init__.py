"""The page of each rule, a package so that `hotpatch explain` finds them wherever it is installed."""
