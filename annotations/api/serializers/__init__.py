"""For each resource: the shapes of its bodies and answers, the answer itself, and the way from body to domain."""
