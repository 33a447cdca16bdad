"""A package with this file, so that no installed package's own ``tests`` is taken for it."""
