"""A believable agency to look around in, made as people would have made it: day by day, verb by verb."""
