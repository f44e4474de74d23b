"""What may be told of few people: thresholds, suppression, and the log of what was published."""
