"""What the screens say of a round and of a comparison: from a report to blocks, before anything is drawn."""
