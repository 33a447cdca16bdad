"""The tour: a lesson on the real pages, the built-in one and a teacher's own."""
